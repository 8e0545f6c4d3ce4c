namespace PluginGan;

/// <summary>Measures how good generated samples are.</summary>
public abstract class Evaluator : Component
{
    /// <summary>The metrics that it yields, in the order in which they are shown.</summary>
    public abstract IReadOnlyList<MetricInfo> Metrics { get; }

    /// <summary>Computes every metric. It neither keeps nor changes what it is given, so the host can call it again with other rows.</summary>
    /// <exception cref="ComponentException">The samples do not allow the metric (too few, no labels); the message says what would.</exception>
    public abstract IReadOnlyList<MetricValue> Evaluate(EvaluationContext context);
}
