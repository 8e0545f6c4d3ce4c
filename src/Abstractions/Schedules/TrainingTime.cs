namespace PluginGan;

/// <summary>Where a run stands, in each of the units that schedules are written in.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Kimg">Thousands of real samples shown: iteration × batch / 1000.</param>
/// <param name="Share">The share of the run that is done, 0 to 1.</param>
public readonly record struct TrainingTime(long Iteration, double Kimg, double Share);
