namespace PluginGan.Training;

/// <summary>A regulariser with what the recipe says of it.</summary>
/// <param name="Name">Its name in the recipe, under which its value is logged.</param>
/// <param name="Regularizer">The term.</param>
/// <param name="Weight">Its weight over the run.</param>
/// <param name="Interval">Every so many iterations; above 1 it runs in a phase of its own, with its weight multiplied by the updates of its network in the meantime (lazy regularisation, arXiv:1912.04958).</param>
public sealed record WeightedRegularizer(string Name, Regularizer Regularizer, Schedule Weight, int Interval);
