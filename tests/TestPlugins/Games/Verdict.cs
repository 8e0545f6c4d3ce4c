namespace PluginGan.TestPlugins;

/// <summary>What the discriminator says of real points, on average: a measure that needs more than the generator.</summary>
public sealed class Verdict : Evaluator
{
    public override IReadOnlyList<MetricInfo> Metrics { get; } = [new("verdict", "The mean logit of real points.", MetricDirection.Higher)];

    public override bool IsResampled => false;

    public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context) =>
        [new("verdict", context.Model!.Discriminate(context.Samples(SampleSet.Real), null).Logits.mean().item<float>())];
}
