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

    // discriminative_reference.py: time stamps of 1e12, a constant, and a column of about 1 in which the kinds differ.
    [Test]
    public void Columns_of_any_scale_are_brought_to_one_in_float64()
    {
        using var scope = NewDisposeScope();
        var (real, generated) = Standardisation.apart(Scales(11, 0), Scales(12, 0.75));
        Assert.Multiple(() =>
        {
            Assert.That(real.shape, Is.EqualTo(new long[] { 800, 2 }), "the column without spread is left out");
            Assert.That(real[0].data<float>(), Is.EqualTo(new[] { -1.1860941210287042, -1.1051483239971855 }).Within(1e-6));
            Assert.That(generated[0].data<float>(), Is.EqualTo(new[] { -1.04322676333252, 1.4800191681547048 }).Within(1e-6));
            var space = new VectorSpec(3);
            Assert.That(Score(space, Scales(11, 0), Scales(12, 0.75)), Is.EqualTo(0.490625).Within(0.05), "a linear discriminant");
            Assert.That(Score(space, Scales(11, 0), Scales(13, 0)), Is.LessThan(0.15));
        });
    }

    // 1e12 + 0 ... 999, nanosecond time stamps, or whole numbers beyond 2²⁴ that differ by a few: all one value, or nearly, as float32.
    [TestCase(1e12, 999)]
    [TestCase(1.7e18, 1e9)]
    [TestCase(16777216, 15)]
    public void Columns_whose_differences_are_lost_to_their_size_are_refused(double offset, double range)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor Rows() => stack([randn(200, dtype: float64), offset + range * rand(200, dtype: float64)], 1).to(float32);
        Assert.That(() => Score(new VectorSpec(2), Rows(), Rows()), Refusal("column 2 holds numbers so large"));
    }

    [Test]
    public void A_stray_value_does_not_drown_the_others()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (first, second) = (randn(500, 1) * 1e-3, (randn(500, 1) + 3) * 1e-3);
        // Over a deviation of 1e-3 it is more than a float32 holds.
        second[0] = 1e38f;
        Assert.That(Score(new VectorSpec(1), first, second), Is.GreaterThan(0.35));
    }

    [Test]
    public void A_classifier_that_knows_its_training_rows_by_heart_is_judged_by_rows_that_it_has_not_seen()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        // Of 20 coordinates and 120 rows each every training row can be learnt; of the 80 held out half are told right by chance, ± 0.04.
        var overfit = new DiscriminativeScoreOptions { Updates = 600, Width = 64, Batch = 64, Rate = 1e-2, Held = 0.4 };
        Assert.That(Score(new VectorSpec(20), randn(200, 20), randn(200, 20), overfit), Is.LessThan(0.15));
    }

    [Test]
    public void A_classifier_that_says_the_same_of_all_samples_has_measured_nothing()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        // Real and generated rows are the same ones: there is nothing to learn, and one update does not learn it.
        var rows = cat([zeros(99, 1), ones(1, 1)]);
        Assert.That(() => Score(new VectorSpec(1), rows, rows, new() { Updates = 1, Rate = 1e-9 }), Refusal("all 40 samples held out the same verdict"));
        Assert.That(() => Score(new VectorSpec(1), ones(50, 1), ones(50, 1)), Refusal("nothing to tell apart"));
    }

    // discriminative_reference.py: where rows are divided at random, a classifier that knows its training rows by heart scores 0.405, 0.233 and 0.063.
    [TestCase("distinct")]
    [TestCase("many duplicates")]
    [TestCase("few values")]
    public void A_table_cannot_be_told_apart_from_itself(string kind)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var rows = kind switch
        {
            "distinct" => randn(200, 8),
            "many duplicates" => randn(40, 8).repeat_interleave(5, 0),
            _ => eye(4).repeat_interleave(60, 0),
        };
        var byHeart = new DiscriminativeScoreOptions { Updates = 400, Width = 64, Batch = 64, Rate = 1e-2 };
        foreach (var order in new[] { arange(rows.shape[0]), randperm(rows.shape[0]) })
        {
            double? score = null;
            try
            {
                score = Score(new VectorSpec((int)rows.shape[1]), rows, rows.index_select(0, order.to(int64)), byHeart);
            }
            catch (ComponentException refused)
            {
                // What has nothing to learn may give one verdict only.
                Assert.That(refused.Message, Does.Contain("the same verdict"));
            }
            Assert.That(score ?? 0, Is.EqualTo(0).Within(1e-12));
        }
    }

    // discriminative_reference.py: half the sum of the differences of their shares, halved: what a classifier that knows the shares is better than chance by.
    [Test]
    public void Tables_of_few_values_are_told_apart_by_how_often_each_occurs()
    {
        using var scope = NewDisposeScope();
        Tensor Rows(params long[] counts) => eye(4).repeat_interleave(tensor(counts), 0);
        var options = new DiscriminativeScoreOptions { Updates = 300, Width = 16, Batch = 64, Rate = 1e-2 };
        Assert.That(Score(new VectorSpec(4), Rows(400, 300, 200, 100), Rows(100, 200, 300, 400), options), Is.EqualTo(0.2).Within(1e-6));
    }

    [Test]
    public void Generated_rows_that_are_copies_of_one_are_told()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Assert.That(Score(new VectorSpec(2), randn(300, 2), full([300, 2], 1.5f)), Is.GreaterThan(0.4));
    }

    [Test]
    public void Equal_rows_are_held_out_together_and_those_with_many_copies_in_proportion()
    {
        using var scope = NewDisposeScope();
        // Ten rows in both kinds twice, one of 100 copies among the real and 50 among the generated, and 40 and 90 that occur once.
        Tensor Table(int many, int once, float from) => cat([arange(10).to(float32).repeat(2), full(many, -1f), arange(once) + from]).unsqueeze(1);
        var (real, generated) = (Table(100, 40, 100), Table(50, 90, 200));
        var parts = HeldOut.split(7, 0.2, real, generated);

        float[] Values(Tensor rows, long[] places) => rows.index_select(0, tensor(places)).data<float>().ToArray();
        var (train, held) = (Values(real, parts.RealTraining).Concat(Values(generated, parts.GeneratedTraining)), Values(real, parts.RealHeld).Concat(Values(generated, parts.GeneratedHeld)));
        Assert.That(train.Intersect(held), Is.EqualTo(new[] { -1f }));
        Assert.That(Values(real, parts.RealHeld).Count(value => value == -1), Is.EqualTo(20));
        Assert.That(Values(generated, parts.GeneratedHeld).Count(value => value == -1), Is.EqualTo(10));
        Assert.That((parts.RealHeld.Length, parts.GeneratedHeld.Length), Is.EqualTo((20 + 4 + 8, 10 + 4 + 18)));
        Assert.That(parts.RealTraining.Concat(parts.RealHeld).Order(), Is.EqualTo(Enumerable.Range(0, 160).Select(row => (long)row)));
        Assert.That(parts.GeneratedTraining.Concat(parts.GeneratedHeld).Order(), Is.EqualTo(Enumerable.Range(0, 160).Select(row => (long)row)));
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
            Assert.That(() => Score(new VectorSpec(2), zeros(50, 2) / 0.0, zeros(50, 2)), Refusal("real samples hold NaN"));
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

    private static double Score(SampleSpec spec, Tensor real, Tensor generated, DiscriminativeScoreOptions? options = null) =>
        MeasuredBy.Values("discriminative-score", new GivenContext(spec, new Batch(real), new Batch(generated)), options ?? Quick)["discriminative-score"];

    private static Tensor Scales(uint seed, double shift)
    {
        var drawn = ReferenceFeatures.Of(seed, 800, 2);
        return stack([1e12 + 65536 * (1000 * drawn.select(1, 0)).floor(), full(800, 7, dtype: float64), drawn.select(1, 1) + shift], 1).to(float32);
    }
}
