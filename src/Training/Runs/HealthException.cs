using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>A rule of health has ended the run. Its last checkpoint stayed as it was.</summary>
/// <param name="diagnosis">What was found.</param>
/// <param name="iteration">The iterations done then.</param>
/// <param name="reason">Why the run ends here although the rule may have been told to roll back, or nothing.</param>
public sealed class HealthException(Diagnosis diagnosis, long iteration, string reason = "")
    : Exception($"stopped at iteration {iteration} by {diagnosis.Describe()}{(reason.Length > 0 ? $" ({reason})" : "")}")
{
    /// <summary>What was found.</summary>
    public Diagnosis Diagnosis { get; } = diagnosis;

    /// <summary>The iterations done then.</summary>
    public long Iteration { get; } = iteration;
}
