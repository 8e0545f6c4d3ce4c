using NUnit.Framework;
using PluginGan.TestPlugins;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class IntervalTests
{
    [Test]
    public void The_interval_of_a_mean_is_that_of_its_standard_error()
    {
        const int Samples = 400;
        using var points = new PointsInMemory(new PointsOptions { Count = 2 * Samples });
        using var generated = new PointsInMemory(new PointsOptions { Count = 2 * Samples });
        using var mean = new Measuring("mean", context => context.Samples(SampleSet.Generated).select(1, 0).mean().item<float>());
        using var run = new EvaluationRun([mean], _ => throw new InvalidOperationException(), points, Samples, 1, CPU, new EvaluationOptions { Resamples = 200 });

        var score = run.Measure(generated).Scores[0];

        // Two Gaussians at -1 and 1 with σ 0.1: the standard deviation is √1.01.
        var expected = 1.96 * Math.Sqrt(1.01 / Samples);
        Assert.That(score.High - score.Value, Is.EqualTo(expected).Within(0.2 * expected));
        Assert.That(score.Value - score.Low, Is.EqualTo(score.High - score.Value).Within(1e-12));
    }

    [Test]
    public void Halves_are_drawn_without_replacement_from_both_sets_and_by_the_seed()
    {
        using var points = new PointsInMemory(new PointsOptions { Count = 101 });
        using var generated = new PointsInMemory(new PointsOptions { Count = 101 });
        var seen = new List<(long Real, long Generated, long Distinct)>();
        using var evaluator = new Measuring("sum", context =>
        {
            var samples = context.Samples(SampleSet.Generated);
            seen.Add((context.Count(SampleSet.Real), samples.shape[0], samples.select(1, 0).data<float>().Distinct().Count()));
            // A part of the samples by rows is part of the same half.
            Assert.That(context.Samples(SampleSet.Generated, [7, 2]).Equals(samples.index_select(0, tensor(new long[] { 7, 2 }))), Is.True);
            return samples.sum().item<float>() + (3 * context.Samples(SampleSet.Real).sum().item<float>());
        });

        EvaluationResult Measure(ulong seed)
        {
            using var run = new EvaluationRun([evaluator], _ => throw new InvalidOperationException(), points, 101, seed, CPU, new EvaluationOptions { Resamples = 4 });
            return run.Measure(generated);
        }

        var (one, again, other) = (Measure(1), Measure(1), Measure(2));

        Assert.That(seen.Skip(1).Take(4), Is.All.EqualTo((50L, 50L, 50L)));
        Assert.That(again.Scores, Is.EqualTo(one.Scores));
        Assert.That(other.Scores[0].Low, Is.Not.EqualTo(one.Scores[0].Low));
    }

    [Test]
    public void What_a_half_does_not_allow_leaves_the_score_without_an_interval()
    {
        using var points = new PointsInMemory(new PointsOptions { Count = 100 });
        using var generated = new PointsInMemory(new PointsOptions { Count = 100 });
        using var greedy = new Measuring("greedy", context => context.Count(SampleSet.Generated) < 100 ? throw new ComponentException("too few") : 1);
        using var undefined = new Measuring("undefined", context => context.Count(SampleSet.Generated) < 100 ? double.NaN : 1);
        using var run = new EvaluationRun([greedy, undefined], _ => throw new InvalidOperationException(), points, 100, 1, CPU, new EvaluationOptions { Resamples = 4 });

        var result = run.Measure(generated);

        Assert.That(result.Scores.Select(score => (score.Value, score.Low)), Is.All.EqualTo((1d, (double?)null)));
        Assert.That(result.Skipped, Is.Empty);
    }
}
