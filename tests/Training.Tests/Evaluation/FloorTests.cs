using NUnit.Framework;
using PluginGan.TestPlugins;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Real samples against real samples.</summary>
public class FloorTests
{
    [Test]
    public void Further_samples_of_the_evaluation_data_are_the_floor_where_there_are_enough()
    {
        using var points = new PointsInMemory(new PointsOptions { Count = 200 });
        using var gap = new Measuring("gap", Measuring.Gap);
        var result = Measure(points, 100, new EvaluationOptions { Dataset = "points" }, gap);

        Assert.That(result.FloorOf, Is.EqualTo("100 real samples against 100 further ones of points"));
        // The halves of the data are about 0.4 from each other, an untrained generator is further off.
        Assert.That(result.Scores[0].Floor, Is.GreaterThan(0).And.LessThan(1));
    }

    [Test]
    public void Training_samples_are_the_floor_where_there_are_no_further_ones_and_are_not_compared_with_themselves()
    {
        using var points = new PointsInMemory(new PointsOptions { Count = 199 });
        using var others = new Points(new PointsOptions { Count = 300, OneSided = true, Streamed = true });
        using var gap = new Measuring("gap", Measuring.Gap);
        using var trained = new Measuring("trained", context => context.Count(SampleSet.Training));
        var options = new EvaluationOptions { Training = new Lazy<Dataset>(() => others), TrainingIsOther = true };
        var result = Measure(points, 100, options, gap, trained);

        Assert.That(result.FloorOf, Does.StartWith("100 real samples against 100 of the training data"));
        Assert.That(result.Scores[0].Floor, Is.EqualTo(Math.Sqrt(8)).Within(0.6), "the right Gaussian alone against both");
        Assert.That((result.Scores[1].Value, result.Scores[1].Floor), Is.EqualTo((300d, 0d)));
        Assert.That(Measure(points, 100, options with { TrainingIsOther = false }, gap).FloorOf, Does.StartWith("two halves"), "the real samples are training samples");
    }

    [TestCase(200, "100 further ones")]
    [TestCase(150, "two halves")]
    public void Real_samples_that_are_training_samples_are_not_compared_with_the_training_data_either(int count, string floorOf)
    {
        using var points = new PointsInMemory(new PointsOptions { Count = count });
        using var trained = new Measuring("trained", context => context.Count(SampleSet.Training));
        var result = Measure(points, 100, new EvaluationOptions { Training = new Lazy<Dataset>(() => points) }, trained);

        Assert.That(result.FloorOf, Does.Contain(floorOf));
        Assert.That((result.Scores[0].Value, result.Scores[0].Floor), Is.EqualTo(((double)count, 0d)), "each would be its own copy");
    }

    [Test]
    public void Two_halves_are_the_floor_where_there_is_nothing_else()
    {
        using var points = new PointsInMemory(new PointsOptions { Count = 150 });
        using var count = new Measuring("count", context => (1000 * context.Count(SampleSet.Real)) + context.Count(SampleSet.Generated));
        using var common = new Measuring("common", context =>
        {
            var (one, other) = (context.Samples(SampleSet.Real), context.Samples(SampleSet.Generated));
            return one.unsqueeze(1).eq(other.unsqueeze(0)).all(-1).any().item<bool>() ? 1 : 0;
        });
        var result = Measure(points, 150, new EvaluationOptions(), count, common);

        Assert.That(result.FloorOf, Does.StartWith("two halves of the real samples, 75 each"));
        Assert.That(result.Scores.Select(score => score.Floor), Is.EqualTo(new double?[] { 75_075, 0 }));
    }

    [Test]
    public void The_generated_side_of_a_floor_has_the_true_labels()
    {
        using var points = new PointsInMemory(new PointsOptions { Count = 200, Labels = true });
        // Class 1 is the Gaussian on the right.
        using var agreement = new Measuring("agreement", context => context.Conditions(SampleSet.Generated) is { } labels
            ? context.Samples(SampleSet.Generated).sum(-1).gt(0).eq(labels.eq(1)).to(ScalarType.Float32).mean().item<float>()
            : double.NaN);
        var result = Measure(points, 100, new EvaluationOptions(), agreement);

        Assert.That(result.Scores[0].Floor, Is.EqualTo(1));
    }

    [Test]
    public void A_floor_is_measured_once_and_only_where_the_evaluator_may_be_called_again()
    {
        using var training = new PointTraining();
        using var gap = new Measuring("gap", Measuring.Gap);
        using var slow = new Measuring("slow", Measuring.Gap, resampled: false);
        using var extractor = new Doubled();
        using var run = new EvaluationRun([gap, slow], _ => extractor, training.Dataset, 100, 1, CPU, new EvaluationOptions { Floor = true, Resamples = 5 });

        var (first, second) = (run.Measure(training.Model), run.Measure(training.Model));

        // Two values, two times five halves, one floor.
        Assert.That((gap.Calls, slow.Calls), Is.EqualTo((13, 2)));
        Assert.That((second.Scores[0].Floor, second.FloorOf), Is.EqualTo((first.Scores[0].Floor, first.FloorOf)));
        Assert.That((first.Scores[1].Floor, first.Scores[1].Low, first.Scores[1].High), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
    }

    private static EvaluationResult Measure(Dataset data, int samples, EvaluationOptions options, params Evaluator[] evaluators)
    {
        using var training = new PointTraining();
        using var extractor = new Doubled();
        using var run = new EvaluationRun(evaluators, _ => extractor, data, samples, 1, CPU, options with { Floor = true });
        return run.Measure(training.Model);
    }
}
