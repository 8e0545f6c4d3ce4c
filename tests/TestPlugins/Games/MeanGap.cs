namespace PluginGan.TestPlugins;

/// <summary>The Euclidean distance between the means of both sets.</summary>
public sealed class MeanGap : Evaluator
{
    public override IReadOnlyList<MetricInfo> Metrics { get; } = [new("mean-gap", "The distance between the means.", MetricDirection.Lower)];

    public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context)
    {
        var gap = (context.Samples(SampleSet.Real).mean([0]) - context.Samples(SampleSet.Generated).mean([0])).norm();
        return [new("mean-gap", gap.item<float>())];
    }
}
