namespace PluginGan;

/// <summary>The sets of samples that an evaluator can ask for.</summary>
public enum SampleSet
{
    /// <summary>Samples of the evaluation data.</summary>
    Real,

    /// <summary>Samples of the model.</summary>
    Generated,

    /// <summary>All samples of the training data, in their order.</summary>
    Training,
}
