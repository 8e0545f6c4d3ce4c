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
        using var extractor = new Doubled();
        using var evaluator = new Measuring("gap", Measuring.Gap);
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
        using var extractor = new Doubled(new ImageSpec(1, 28, 28));
        using var evaluator = new Measuring("gap", Measuring.Gap);
        using var run = new EvaluationRun([evaluator], _ => extractor, training.Dataset, 100, 1, CPU);

        var result = run.Measure(training.Model);

        Assert.That(result.Scores, Is.Empty);
        Assert.That(result.Skipped.Single().Reason, Does.Contain("'doubled'").And.Contain("image 28×28 (1 channel)"));
    }

    [Test]
    public void An_evaluator_that_cannot_measure_is_skipped_with_its_reason_and_the_others_go_on()
    {
        using var training = new PointTraining();
        using var extractor = new Doubled();
        using var refusing = new Measuring("refuses", _ => throw new ComponentException("too few on Mondays"));
        using var evaluator = new Measuring("gap", Measuring.Gap);
        using var run = new EvaluationRun([refusing, evaluator], _ => extractor, training.Dataset, 100, 1, CPU, new EvaluationOptions { Names = ["monday", "gap"], Floor = true, Resamples = 3 });

        var result = run.Measure(training.Model);

        Assert.That(result.Scores.Select(score => score.Metric), Is.EqualTo(new[] { "gap" }));
        Assert.That(result.Skipped, Is.EqualTo(new[] { new SkippedEvaluator("monday", "too few on Mondays") }));
    }

    [Test]
    public void An_evaluator_that_fails_or_shows_something_under_a_wrong_name_costs_its_own_scores_only()
    {
        using var training = new PointTraining();
        using var extractor = new Doubled();
        using var failing = new Measuring("fails", _ => throw new InvalidCastException("no such thing"));
        using var escaping = new Measuring("escapes", context =>
        {
            context.Show("../../elsewhere", context.Samples(SampleSet.Real), 1);
            return 0;
        });
        using var evaluator = new Measuring("gap", Measuring.Gap);
        using var run = new EvaluationRun([failing, escaping, evaluator], _ => extractor, training.Dataset, 100, 1, CPU);

        var result = run.Measure(training.Model);

        Assert.That(result.Scores.Select(score => score.Metric), Is.EqualTo(new[] { "gap" }));
        Assert.That(result.Skipped.Select(skipped => $"{skipped}"), Is.EqualTo(new[] { "fails: InvalidCastException: no such thing", "escapes: '../../elsewhere' is no name for a picture: it takes lower-case letters, digits and hyphens" }));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void A_fitted_extractor_that_has_not_learnt_the_classes_is_reported_with_accuracy_and_chance(bool learnt, bool warns)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var labels = randint(0, 4, [300], dtype: ScalarType.Int64);
        var points = cat([(learnt ? labels : randint(0, 4, [300], dtype: ScalarType.Int64)).to(ScalarType.Float32).unsqueeze(1), randn(300, 1)], 1);
        var spec = new DataSpec(new VectorSpec(2), new ClassCondition(["a", "b", "c", "d"]));
        using var data = new TensorDataset(spec, points.clone().DetachFromDisposeScope(), labels.clone().DetachFromDisposeScope());
        using var extractor = new ByFirst();
        using var evaluator = new Measuring("gap", context => context.Features(SampleSet.Real, "by-first").Features.mean().item<float>());
        using var run = new EvaluationRun([evaluator], _ => extractor, data, 300, 1, CPU, new EvaluationOptions { Floor = true, Resamples = 2 });

        var warnings = run.Measure(data).Warnings;

        Assert.That(warnings, Has.Count.EqualTo(warns ? 1 : 0));
        Assert.That(warnings, Is.All.Match(
            "^the feature extractor 'by-first' has not learnt the classes: its held-out accuracy is 2[0-9.]+ % of 300 labels, "
            + "and chance is 2[0-9.]+ %.*random-projection$"));
    }

    [Test]
    public void A_result_tells_what_it_was_measured_with()
    {
        using var training = new PointTraining();
        using var extractor = new Doubled(fingerprint: "abc", preparation: "none to speak of");
        using var evaluator = new Measuring("gap", Measuring.Gap);
        using var run = new EvaluationRun([evaluator], _ => extractor, training.Dataset, 100, 7, CPU, new EvaluationOptions { Dataset = "points", Split = "test" });

        var result = run.Measure(training.Model);

        Assert.That((result.Samples, result.Seed, result.Dataset, result.Split), Is.EqualTo((100, 7UL, "points", "test")));
        Assert.That(result.Extractors, Is.EqualTo(new[] { new ExtractorStamp("doubled", "abc", "none to speak of") }));
        Assert.That(result.Scores[0] with { Value = 0 }, Is.EqualTo(new Score("gap", "What gap says.", MetricDirection.Lower, 0, null, null, null)), "without floor and interval unless asked for");
    }

    [Test]
    public void Rows_of_the_training_data_are_read_alone_and_its_features_a_part_at_a_time()
    {
        using var training = new PointTraining();
        // Whoever reads everything fails.
        using var broken = new Points(new PointsOptions { Count = 2000, Streamed = true, Unreadable = 1999 });
        using var whole = new Points(new PointsOptions { Count = 2000, Streamed = true });
        using var extractor = new Doubled();
        using var rows = new Measuring("rows", context => context.Samples(SampleSet.Training, [3, 1998]).sum().item<float>());
        using var features = new Measuring("features", context => context.Features(SampleSet.Training, Doubled.Name).Features.sum().item<float>());
        using var count = new Measuring("count", context => context.Count(SampleSet.Training));

        EvaluationResult Measure(Dataset data)
        {
            using var run = new EvaluationRun([rows, features, count], _ => extractor, training.Dataset, 10, 1, CPU, new EvaluationOptions { Training = new Lazy<Dataset>(() => data) });
            return run.Measure(training.Model);
        }

        var (fromBroken, fromWhole) = (Measure(broken), Measure(whole));

        Assert.That(fromBroken.Scores.Select(score => score.Metric), Is.EqualTo(new[] { "rows", "count" }));
        Assert.That(fromBroken.Skipped.Single().Reason, Does.Contain("point 1999 cannot be read"));
        Assert.That(fromWhole.Scores.Select(score => score.Value), Is.EqualTo(new double[]
        {
            (whole.Samples[3] + whole.Samples[1998]).sum().item<float>(), whole.Samples.sum().item<float>() * 2, 2000,
        }).Within(1e-2));
        Assert.That(extractor.Largest, Is.LessThanOrEqualTo(500));
    }

    [Test]
    public void Training_data_of_another_form_is_refused()
    {
        using var training = new PointTraining();
        using var other = new Endless(new EndlessOptions { Size = 3 });
        using var evaluator = new Measuring("count", context => context.Samples(SampleSet.Training, [0]).sum().item<float>());
        using var run = new EvaluationRun([evaluator], _ => throw new InvalidOperationException(), training.Dataset, 10, 1, CPU, new EvaluationOptions { Training = new Lazy<Dataset>(() => other) });

        Assert.That(run.Measure(training.Model).Skipped.Single().Reason, Does.Contain("the training data yields vector").And.Contain("vector 2"));
    }

    [Test]
    public void Samples_made_elsewhere_are_measured_without_a_model()
    {
        using var real = new PointsInMemory(new PointsOptions { Count = 300 });
        using var oneSided = new PointsInMemory(new PointsOptions { Count = 200, OneSided = true });
        using var extractor = new Doubled();
        using var gap = new Measuring("gap", Measuring.Gap);
        using var model = new Measuring("model", context => context.Model is null ? 0 : 1);
        using var run = new EvaluationRun([gap, model], _ => extractor, real, 200, 1, CPU);

        // The left Gaussian at (-1, -1) is missing: the doubled means are at about (0, 0) and (2, 2).
        Assert.That(run.Measure(oneSided).Scores.Select(score => score.Value), Is.EqualTo(new[] { Math.Sqrt(8), 0 }).Within(0.4));
        using var few = new PointsInMemory(new PointsOptions { Count = 20 });
        Assert.That(() => run.Measure(few), Throws.TypeOf<ComponentException>().With.Message.Contains("20 generated samples, but 200"));
        using var other = new Endless(new EndlessOptions { Size = 3 });
        Assert.That(() => run.Measure(other), Throws.TypeOf<ComponentException>().With.Message.Contains("both must be alike"));
    }

    [Test]
    public void No_tensor_outlives_an_evaluation()
    {
        using var training = new PointTraining();
        using var whole = new Points(new PointsOptions { Count = 600, Streamed = true });
        using var extractor = new Doubled();
        using var gap = new Measuring("gap", Measuring.Gap);
        using var all = new Measuring("all", context => context.Samples(SampleSet.Training).sum().item<float>());
        long Alive()
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using (var run = new EvaluationRun([gap, all], _ => extractor, training.Dataset, 100, 1, CPU, new EvaluationOptions { Training = new Lazy<Dataset>(() => whole), Floor = true, Resamples = 4 }))
            {
                run.Measure(training.Model);
                run.Measure(training.Model);
            }
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
        }

        Alive();

        Assert.That(Alive(), Is.LessThanOrEqualTo(0));
    }

    // Classifies points by their first coordinate, as if it had been fitted.
    private sealed class ByFirst : FeatureExtractor
    {
        public override SampleSpec Input => new VectorSpec(2);

        public override int Dimension => 2;

        public override string Fingerprint => "none";

        public override bool NeedsFitting => true;

        public override FeatureOutput Extract(Tensor samples) => new(samples, samples.narrow(1, 0, 1).sub(arange(4).to(ScalarType.Float32)).abs().neg());
    }
}
