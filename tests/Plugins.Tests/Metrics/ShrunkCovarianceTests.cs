using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The Mahalanobis distance against scikit-learn's Ledoit-Wolf estimate: the expected values are what metrics_reference.py prints.</summary>
public sealed class ShrunkCovarianceTests
{
    public static IEnumerable<TestCaseData> References()
    {
        yield return Case("plain", ReferenceFeatures.Near, ReferenceFeatures.Far, 4.7234023906809126, 1.8024947275844381, 0.12965789414612189);
        yield return Case("fewer samples than features", ReferenceFeatures.Wide, ReferenceFeatures.Wider, 11.092314226441349, 5.7341294819671367, 0.85320333917824587);
        yield return Case("repeated real", ReferenceFeatures.Repeated, ReferenceFeatures.Far, 4.8628106979153145, 1.618299034759376, 0.10014941341049222);
        yield return Case("repeated generated", ReferenceFeatures.Far, ReferenceFeatures.Repeated, 3.8465347959698808, 1.5899501401301248, 0.16424010037243486);

        static TestCaseData Case(string name, Tensor real, Tensor generated, double distance, double ofMeans, double shrinkage) =>
            new TestCaseData(real, generated, distance, ofMeans, shrinkage).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(References))]
    public void Distances_and_shrinkage_equal_those_of_scikit_learn(Tensor real, Tensor generated, double distance, double ofMeans, double shrinkage)
    {
        var values = MeasuredBy.Values("mahalanobis", real, generated);
        Assert.That(values["mahalanobis"], Is.EqualTo(distance).Within(1e-9));
        Assert.That(values["mahalanobis-means"], Is.EqualTo(ofMeans).Within(1e-9));
        Assert.That(values["mahalanobis-shrinkage"], Is.EqualTo(shrinkage).Within(1e-9));
    }

    [Test]
    public void One_feature_is_measured_in_standard_deviations()
    {
        Tensor real = tensor([-1.0, 1, -1, 1]).reshape(-1, 1), generated = tensor([2.0, -4]).reshape(-1, 1);
        Assert.That(MeasuredBy.Values("mahalanobis", real, generated), Is.EqualTo(new Dictionary<string, double> { ["mahalanobis"] = 3, ["mahalanobis-means"] = 1, ["mahalanobis-shrinkage"] = 0 }));
    }

    [Test]
    public void A_dead_feature_beside_live_ones_is_no_obstacle()
    {
        var real = cat([ReferenceFeatures.Near, zeros(300, 1, dtype: float64)], 1);
        Assert.That(MeasuredBy.Values("mahalanobis", real, real)["mahalanobis"], Is.EqualTo(4).Within(0.2));
    }

    [Test]
    public void Real_features_that_never_vary_are_refused() =>
        Assert.That(() => MeasuredBy.Values("mahalanobis", ones(5, 3), rand(5, 3)), Throws.TypeOf<ComponentException>().With.Message.Contains("do not vary"));

    [Test]
    public void One_real_sample_is_refused() =>
        Assert.That(() => MeasuredBy.Values("mahalanobis", ones(1, 3), rand(5, 3)), Throws.TypeOf<ComponentException>().With.Message.Contains("features of real samples: there is 1"));

    [Test]
    public void One_generated_sample_says_nothing_of_a_model_however_well_it_lies()
    {
        var middle = ReferenceFeatures.Near.mean([0], keepdim: true);
        Assert.That(MeasuredBy.Values("mahalanobis", ReferenceFeatures.Near, middle.expand(2, 16))["mahalanobis"], Is.EqualTo(0).Within(1e-12));
        Assert.That(() => MeasuredBy.Values("mahalanobis", ReferenceFeatures.Near, middle), Throws.TypeOf<ComponentException>().With.Message.Contains("features of generated samples: there is 1"));
    }

    [Test]
    public void Features_that_are_not_finite_are_refused() =>
        Assert.That(() => MeasuredBy.Values("mahalanobis", rand(5, 3), rand(5, 3) * float.NaN), Throws.TypeOf<ComponentException>().With.Message.Contains("generated samples hold NaN"));
}
