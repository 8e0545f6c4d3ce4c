namespace PluginGan;

/// <summary>What the times of a schedule are counted in.</summary>
public enum ScheduleUnit
{
    /// <summary>The share of the run that is done, 0 to 1.</summary>
    Share,

    /// <summary>Iterations.</summary>
    Iterations,

    /// <summary>Thousands of real samples shown.</summary>
    Kimg,
}
