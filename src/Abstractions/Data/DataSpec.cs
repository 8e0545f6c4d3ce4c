namespace PluginGan;

/// <summary>What a dataset yields: samples, and the condition that comes with each.</summary>
/// <param name="Sample">One sample.</param>
/// <param name="Condition">Its condition.</param>
public sealed record DataSpec(SampleSpec Sample, ConditionSpec Condition)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Sample} with {Condition}";
}
