namespace PluginGan.Training;

/// <summary>How thoroughly an evaluation measures, and what it says of itself.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The evaluators' names, in their order; null calls each by its first metric.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The name of the dataset of the real samples.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>The split of it; null where it has none.</summary>
    public string? Split { get; init; }

    /// <summary>The training data, opened when the first evaluator asks for it; null where there is none. It stays the caller's.</summary>
    public Lazy<Dataset>? Training { get; init; }

    /// <summary>Whether the real samples are not of the training data: floors may then come from it.</summary>
    public bool TrainingIsOther { get; init; }

    /// <summary>Whether real samples are measured against other real ones too.</summary>
    public bool Floor { get; init; }

    /// <summary>How many random halves are measured for the intervals; 0 for no intervals.</summary>
    public int Resamples { get; init; }

    /// <summary>Where features of data are kept between evaluations; null to extract them anew.</summary>
    public FeatureCache? Cache { get; init; }

    /// <summary>Told of measurements that take more than two seconds; null for nobody.</summary>
    public IProgress<ComponentProgress>? Progress { get; init; }

    /// <summary>The clock that they are timed by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A safetensors file to write the features of both sets to, for <see cref="FeatureFile"/>; null for none.</summary>
    public string? SaveFeatures { get; init; }
}
