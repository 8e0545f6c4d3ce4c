namespace PluginGan.Training.Tests;

/// <summary>An evaluator whose only metric is a function of the context.</summary>
internal sealed class Measuring(string metric, Func<EvaluationContext, double> value, bool resampled = true) : Evaluator
{
    public int Calls { get; private set; }

    public override IReadOnlyList<MetricInfo> Metrics { get; } = [new(metric, $"What {metric} says.", MetricDirection.Lower)];

    public override bool IsResampled => resampled;

    public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context)
    {
        Calls++;
        return [new(metric, value(context))];
    }

    /// <summary>The distance between the means of the features.</summary>
    public static double Gap(EvaluationContext context) =>
        (context.Features(SampleSet.Real, Doubled.Name).Features.mean([0]) - context.Features(SampleSet.Generated, Doubled.Name).Features.mean([0])).norm().item<float>();
}
