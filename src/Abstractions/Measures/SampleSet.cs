namespace PluginGan;

/// <summary>The two sets that an evaluator compares.</summary>
public enum SampleSet
{
    /// <summary>Samples of the evaluation data.</summary>
    Real,

    /// <summary>Samples of the model.</summary>
    Generated,
}
