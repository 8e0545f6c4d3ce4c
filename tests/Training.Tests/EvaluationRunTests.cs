using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class EvaluationRunTests
{
    [Test]
    public void Two_evaluations_of_one_model_agree_and_extract_real_features_once()
    {
        using var training = new PointTraining();
        using var extractor = new Identity(new VectorSpec(2));
        using var evaluator = new FeatureGap();
        using var run = new EvaluationRun([evaluator, evaluator], _ => extractor, training.Dataset, 100, 1, CPU);

        double Measure() => training.Trainer.WithAverages(() => run.Measure(training.Model)).Scores[0].Value;
        var (first, second) = (Measure(), Measure());

        Assert.That(first, Is.EqualTo(second).And.GreaterThan(0));
        // Real samples once, generated ones once for each evaluation, whatever the number of evaluators.
        Assert.That(extractor.Calls, Is.EqualTo(3));
    }

    [Test]
    public void No_more_samples_are_compared_than_the_data_has()
    {
        using var dataset = new PointsInMemory(new PointsOptions { Count = 30 });
        using var run = new EvaluationRun([], _ => throw new InvalidOperationException(), dataset, 1000, 1, CPU);

        Assert.That(run.Count, Is.EqualTo(30));
    }

    [Test]
    public void An_extractor_for_other_samples_is_refused_by_its_name()
    {
        using var training = new PointTraining();
        using var extractor = new Identity(new ImageSpec(1, 28, 28));
        using var evaluator = new FeatureGap();
        using var run = new EvaluationRun([evaluator], _ => extractor, training.Dataset, 100, 1, CPU);

        Assert.That(() => run.Measure(training.Model), Throws.TypeOf<ComponentException>().With.Message.Contains("'identity'").And.Message.Contains("image 1×28×28"));
    }

    private sealed class Identity(SampleSpec input) : FeatureExtractor
    {
        public int Calls { get; private set; }

        public override SampleSpec Input => input;

        public override int Dimension => 2;

        public override string Fingerprint => "none";

        public override FeatureOutput Extract(Tensor samples)
        {
            Calls++;
            return new FeatureOutput(samples * 2, null);
        }
    }

    private sealed class FeatureGap : Evaluator
    {
        public override IReadOnlyList<MetricInfo> Metrics { get; } = [new("gap", "The distance between the means.", false)];

        public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context) =>
            [new("gap", (context.Features(SampleSet.Real, "identity").Features.mean([0]) - context.Features(SampleSet.Generated, "identity").Features.mean([0])).norm().item<float>())];
    }
}
