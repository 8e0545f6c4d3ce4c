namespace PluginGan;

/// <summary>Measures how good generated samples are.</summary>
public abstract class Evaluator : Component
{
    /// <summary>The metrics that it yields, in the order in which they are shown.</summary>
    public abstract IReadOnlyList<MetricInfo> Metrics { get; }

    /// <summary>The feature extractors that it will ask for, by component name: the host opens them, and fits those that need it, before anything is trained.</summary>
    public virtual IReadOnlyList<string> Extractors => [];

    /// <summary>
    /// Whether the host may call it again with other rows: with real samples in place of the generated ones for the floor of each metric, and
    /// with random halves for intervals. False where that would take too long, because a network is trained.
    /// </summary>
    public virtual bool IsResampled => true;

    /// <summary>
    /// Computes the metrics; one that is undefined for these samples is left out or NaN. It neither keeps nor changes what it is given.
    /// A value that the samples do not determine, because they are broken, all equal or too few, is refused: above all it must not look
    /// like a good one.
    /// </summary>
    /// <exception cref="ComponentException">The samples do not allow the metrics (too few, no labels); the message says what would.
    /// </exception>
    public abstract IReadOnlyList<MetricValue> Evaluate(EvaluationContext context);
}
