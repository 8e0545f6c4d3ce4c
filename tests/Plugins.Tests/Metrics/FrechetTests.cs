using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The Fréchet distance against SciPy's linalg.sqrtm: the expected values are what frechet_reference.py prints.</summary>
public sealed class FrechetTests
{
    public static IEnumerable<TestCaseData> References()
    {
        yield return Case("more samples than features", ReferenceFeatures.Of(1, 300, 16), ReferenceFeatures.Of(2, 250, 16, 1.3, 0.4), 3.2891505060094195);
        yield return Case("many features", ReferenceFeatures.Of(3, 500, 64), ReferenceFeatures.Of(4, 500, 64, 0.8, 0.1), 1.2748674920009631);
        yield return Case("fewer samples than features", ReferenceFeatures.Of(5, 20, 32), ReferenceFeatures.Of(6, 24, 32, 1.5, 0.2), 12.171659442684192);
        yield return Case("one feature", ReferenceFeatures.Of(7, 100, 1), ReferenceFeatures.Of(8, 80, 1, 2, 1) + 1, 2.9354829306801031);

        static TestCaseData Case(string name, Tensor real, Tensor generated, double expected) =>
            new TestCaseData(real, generated, expected).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(References))]
    public void The_distance_equals_that_of_scipy(Tensor real, Tensor generated, double expected)
    {
        Assert.That(Frechet.distance(real, generated), Is.EqualTo(expected).Within(1e-6).Percent);
        Assert.That(Frechet.distance(generated, real), Is.EqualTo(expected).Within(1e-6).Percent, "and is symmetric");
    }

    [TestCase(500, 64)]
    [TestCase(20, 64)]
    public void Equal_sets_are_at_no_distance_at_any_rank(int rows, int columns)
    {
        var features = ReferenceFeatures.Of(9, rows, columns);
        Assert.That(Frechet.distance(features, features.flip(0)), Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void Constant_features_are_as_far_apart_as_their_values() =>
        Assert.That(Frechet.distance(zeros(10, 3), ones(8, 3) * 2), Is.EqualTo(12).Within(1e-12));

    [Test]
    public void One_sample_is_refused() =>
        Assert.That(() => Frechet.distance(ones(5, 3), ones(1, 3)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("features of generated samples: there is 1, ").And.Message.Contains("at least 2"));

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void Features_that_are_not_finite_are_refused(float poison) =>
        Assert.That(() => Frechet.distance(ones(5, 3), ones(5, 3) * poison),
            Throws.TypeOf<ComponentException>().With.Message.Contains("generated samples hold NaN or infinity"));
}
