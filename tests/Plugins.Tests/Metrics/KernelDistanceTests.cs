using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The kernel distance against scikit-learn's polynomial kernel: the expected values are what metrics_reference.py prints.</summary>
public sealed class KernelDistanceTests
{
    [Test]
    public void Subsets_are_as_far_apart_as_scikit_learn_says()
    {
        (long[], long[])[] subsets = [(Rows(0, 100, 300), Rows(5, 100, 250)), (Rows(1, 300, 300), Rows(6, 250, 250))];
        var distances = KernelDistance.ofSubsets(Points.OfTensor("real", ReferenceFeatures.Near), Points.OfTensor("generated", ReferenceFeatures.Far), [.. subsets.Select(subset => ValueTuple.Create(subset.Item1, subset.Item2))]);
        Assert.That(distances, Is.EqualTo(new[] { 0.62255692215688896, 0.53482884342929715 }).Within(1e-9));
    }

    // kid_reference.py: rational arithmetic.
    [TestCase(1, 0, 0.6948881609104289)]
    [TestCase(1e-6, 0, 1.1742223645351128e-13)]
    [TestCase(1e-12, 0, 1.1742223645315186e-25)]
    [TestCase(1e12, 0, 2.1802893919352702e+71)]
    [TestCase(1, 1e6, 3.363642820500785e+23)]
    [TestCase(1e-3, 1e3, 336364.73583500064)]
    public void No_digits_are_lost_to_the_scale_of_features_or_to_an_offset(double scale, double offset, double expected)
    {
        Points Of(string what, Tensor features) => Points.OfTensor(what, features * scale + offset);
        var (real, generated) = (Of("real", ReferenceFeatures.Of(1, 30, 16)), Of("generated", ReferenceFeatures.Of(2, 25, 16, 1.1, 0.2)));
        var all = KernelDistance.ofSubsets(real, generated, [ValueTuple.Create(Rows(0, 30, 30), Rows(0, 25, 25))]);
        // Offsets of 1e6 leave the features themselves ten digits.
        Assert.That(all.Single() / expected, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void A_subset_of_all_samples_gives_the_plain_estimate_every_time()
    {
        var values = MeasuredBy.Values("kid", ReferenceFeatures.Near, ReferenceFeatures.Far.narrow(0, 0, 250), new KidOptions { SubsetSize = 250, Subsets = 3 });
        // The 250 of 300 real samples differ from subset to subset, so the spread is not 0, but small.
        Assert.That(values["kid"], Is.EqualTo(0.5348).Within(0.05));
        Assert.That(values["kid-std"], Is.GreaterThan(0).And.LessThan(0.05));

        var all = MeasuredBy.Values("kid", ReferenceFeatures.Near, ReferenceFeatures.Near.flip(0), new KidOptions { Subsets = 4 });
        Assert.That(all.Keys, Is.EqualTo(new[] { "kid" }), "a single subset has no spread");
        Assert.That(all["kid"], Is.LessThan(0), "the estimate is unbiased, and of equal sets below 0");
    }

    [Test]
    public void The_seed_alone_decides_the_subsets()
    {
        Tensor real = ReferenceFeatures.Near, generated = ReferenceFeatures.Far;
        var options = new KidOptions { Subsets = 5, SubsetSize = 50 };
        var values = new ulong[] { 1, 1, 2 }
            .Select(seed => MeasuredBy.Values("kid", new GivenContext(new VectorSpec(16), new Batch(real), new Batch(generated)) { Run = seed }, options)["kid"])
            .ToArray();
        Assert.That(values[1], Is.EqualTo(values[0]));
        Assert.That(values[2], Is.Not.EqualTo(values[0]));
    }

    [Test]
    public void Constant_features_are_as_far_apart_as_their_kernels()
    {
        // k(x, y) = (x·y / 2 + 1)³ of (1, 1) with itself is 8, of zeros with anything 1.
        var values = MeasuredBy.Values("kid", zeros(5, 2), ones(4, 2));
        Assert.That(values["kid"], Is.EqualTo(1 + 8 - 2).Within(1e-12));
    }

    [Test]
    public void One_sample_has_no_pairs() =>
        Assert.That(() => MeasuredBy.Values("kid", ones(5, 3), ones(1, 3)), Throws.TypeOf<ComponentException>().With.Message.Contains("features of generated samples: there is 1"));

    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void Features_that_are_not_finite_are_refused(double poison) =>
        Assert.That(() => MeasuredBy.Values("kid", ones(5, 3) * poison, ones(5, 3)), Throws.TypeOf<ComponentException>().With.Message.Contains("real samples hold NaN or infinity"));

    private static long[] Rows(int start, int count, int total) => [.. Enumerable.Range(0, count).Select(place => (start * 31 + 7L * place) % total)];
}
