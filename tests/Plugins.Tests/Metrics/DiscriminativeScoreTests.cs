using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Classifiers of real and generated samples, and forms of sequences.</summary>
public sealed class DiscriminativeScoreTests
{
    private static readonly DiscriminativeScoreOptions Quick = new() { Updates = 120, Width = 16, Batch = 64, Rate = 1e-2 };

    [Test]
    public void Samples_of_one_kind_cannot_be_told_apart_and_those_of_two_can()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (first, second) = (randn(1000, 3), randn(1000, 3));
        // As far apart as a classifier that knows the distributions gets 84 % right: Φ(1).
        Assert.That(Score(new VectorSpec(3), first, second), Is.LessThan(0.1));
        Assert.That(Score(new VectorSpec(3), first, second + tensor(new float[] { 2, 0, 0 })), Is.EqualTo(0.341).Within(0.08));
        Assert.That(Score(new VectorSpec(3), first, second + 20), Is.EqualTo(0.5));
    }

    [Test]
    public void Series_are_told_apart_by_their_course_alone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        // The values of a step are distributed alike; generated series have theirs in random order.
        var rising = linspace(0, 1, 8).reshape(1, 8, 1) + rand(400, 1, 1);
        var order = stack(Enumerable.Range(0, 400).Select(_ => randperm(8)).ToList());
        var shuffled = (linspace(0, 1, 8).expand(400, 8).gather(1, order).unsqueeze(2) + rand(400, 1, 1));
        Assert.That(Score(new SeriesSpec(8, 1), rising, shuffled), Is.GreaterThan(0.4));
        Assert.That(Score(new SeriesSpec(8, 1), rising, linspace(0, 1, 8).reshape(1, 8, 1) + rand(400, 1, 1)), Is.LessThan(0.15));
    }

    [Test]
    public void The_score_of_a_seed_is_the_same_whatever_was_drawn_before()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (first, second) = (randn(200, 2), randn(200, 2) + 0.5);
        var score = Score(new VectorSpec(2), first, second);
        rand(7);
        Assert.That(Score(new VectorSpec(2), first, second), Is.EqualTo(score));
    }

    [Test]
    public void Images_broken_samples_and_too_few_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Multiple(() =>
        {
            Assert.That(() => Score(new ImageSpec(1, 2, 2), zeros(50, 1, 2, 2), zeros(50, 1, 2, 2)), Refusal("takes series, sequences, tables or vectors, but the data is image 2×2 (1 channel)"));
            Assert.That(() => Score(new VectorSpec(2), zeros(50, 2), zeros(50, 2) / 0.0), Refusal("generated samples hold NaN"));
            Assert.That(() => Score(new VectorSpec(2), zeros(50, 2), zeros(2, 2)), Refusal("leaves too few"));
        });
    }

    [Test]
    public void Sequences_are_valid_where_they_match_as_a_whole()
    {
        using var scope = NewDisposeScope();
        var spec = new SequenceSpec(3, ["x", "+", " "]);
        // "x+x", "x  ", "x+x", "+x ", "x x"
        var symbols = tensor(new long[] { 0, 1, 0, 0, 2, 2, 0, 1, 0, 1, 0, 2, 0, 2, 0 }).reshape(5, 3);
        var context = new GivenContext(spec, null, new Batch(nn.functional.one_hot(symbols, 3).to(float32)));

        Assert.That(MeasuredBy.Values("sequence-validity", context, new SequenceValidityOptions { Pattern = @"x(\+x)* *" }), Is.EqualTo(new Dictionary<string, double> { ["valid-sequences"] = 0.6, ["distinct-sequences"] = 0.8 }));
        Assert.That(MeasuredBy.Values("sequence-validity", context, new SequenceValidityOptions { Pattern = "x|x  " })["valid-sequences"], Is.EqualTo(0.2));
        Assert.Multiple(() =>
        {
            Assert.That(() => MeasuredBy.Values("sequence-validity", context, new SequenceValidityOptions { Pattern = "x(" }), Refusal("'pattern' is no regular expression"));
            Assert.That(() => MeasuredBy.Values("sequence-validity", context, new SequenceValidityOptions { Pattern = @"(x)\1" }), Refusal("looks around or back"));
            Assert.That(() => MeasuredBy.Values("sequence-validity", MeasuredBy.Of(zeros(2, 2), zeros(2, 2)), new SequenceValidityOptions { Pattern = "x" }), Refusal("takes sequences, but the data is vector 2"));
        });
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private static double Score(SampleSpec spec, Tensor real, Tensor generated) =>
        MeasuredBy.Values("discriminative-score", new GivenContext(spec, new Batch(real), new Batch(generated)), Quick)["discriminative-score"];
}
