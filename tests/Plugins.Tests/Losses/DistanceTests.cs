using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Distances between means against the numbers of <c>losses_reference.py</c>, which inverts the whole covariance.</summary>
public sealed class DistanceTests
{
    private static readonly Registered Plugin = new(new LossesPlugin());

    private static Tensor Real => tensor(new double[,] { { 1, 2 }, { 3, 0 }, { -1, 1 } });
    private static Tensor Fake => tensor(new double[,] { { 0, 4 }, { 1, 1 }, { 2, -2 } }) + 1;

    [Test]
    public void Distances_of_samples_are_those_of_the_reference() => Assert.Multiple(() =>
    {
        Assert.That(Mahalanobis(Real, Fake), Is.EqualTo(1.2).Within(1e-12));
        Assert.That(Mahalanobis(cat([Real, Real.flip(0) * tensor(new[] { 3.0, 1.0 })]), Fake), Is.EqualTo(0.307431788925054).Within(1e-12));
        Assert.That(Mahalanobis(Real[.., ..1], Fake[.., ..1]), Is.EqualTo(0.375).Within(1e-12));
    });

    [Test]
    public void Fewer_samples_than_dimensions_have_the_distance_of_the_reference() =>
        Assert.That(Mahalanobis(Wide(Real), Wide(Fake)), Is.EqualTo(19.0781566592169).Within(1e-10));

    [TestCase(DistanceMetric.Euclidean, 70.4444444444445)]
    [TestCase(DistanceMetric.Mahalanobis, 8.6281713009927)]
    public void Features_are_compared_where_that_is_asked_for(DistanceMetric metric, double expected) =>
        Assert.That(Penalty(Real, Fake, new MeanDistanceOptions { Metric = metric, Space = DistanceSpace.Features }), Is.EqualTo(expected).Within(1e-10));

    [Test]
    public void A_gap_weighs_more_where_the_data_spreads_less()
    {
        manual_seed(1);
        var real = randn(2000, 2, float64) * tensor(new[] { 10.0, 0.1 });
        var across = Mahalanobis(real, real + tensor(new[] { 0.0, 1.0 }));
        var along = Mahalanobis(real, real + tensor(new[] { 1.0, 0.0 }));
        Assert.That(along, Is.EqualTo(1 / 100.0).Within(0.1 / 100));
        Assert.That(across, Is.GreaterThan(10 * along));
    }

    [TestCase(2)]
    [TestCase(64)]
    public void The_distance_of_images_from_a_small_batch_is_finite_and_trains(int count)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var generated = randn(count, 1, 28, 28).requires_grad_();
        var penalty = Distance(new MeanDistanceOptions { Metric = DistanceMetric.Mahalanobis }).Penalty(new DiscriminatorStep(randn(count, 1, 28, 28), generated, x => x))!;
        penalty.backward();
        Assert.That(penalty.item<double>(), Is.GreaterThan(0).And.LessThan(1e6));
        Assert.That(generated.grad!.isfinite().all().item<bool>() && generated.grad.any().item<bool>());
    }

    [TestCase(1e-6)]
    [TestCase(1e6)]
    public void The_mahalanobis_distance_does_not_depend_on_the_scale_of_the_data(double scale) => Assert.Multiple(() =>
    {
        Assert.That(Mahalanobis(Real * scale, Fake * scale), Is.EqualTo(1.2).Within(1e-9));
        Assert.That(Mahalanobis(Wide(Real) * scale, Wide(Fake) * scale), Is.EqualTo(19.0781566592169).Within(1e-9));
        Assert.That(Mahalanobis(Real[.., ..1] * scale, Fake[.., ..1] * scale), Is.EqualTo(0.375).Within(1e-9));
    });

    [Test]
    public void One_sample_has_no_spread() =>
        Assert.That(() => Mahalanobis(Real[..1], Fake), Throws.TypeOf<ComponentException>().With.Message.Contains("needs the spread of a batch"));

    [Test]
    public void Real_samples_that_are_all_alike_have_a_finite_distance() =>
        Assert.That(double.IsFinite(Mahalanobis(ones(3, 5, float64), zeros(3, 5, float64))));

    private static Tensor Wide(Tensor samples) => cat([samples, samples * samples, samples[.., ..1] * samples[.., 1..]], 1);

    private static double Mahalanobis(Tensor real, Tensor fake) => Penalty(real, fake, new MeanDistanceOptions { Metric = DistanceMetric.Mahalanobis });

    private static double Penalty(Tensor real, Tensor fake, MeanDistanceOptions options) =>
        Distance(options).Penalty(new DiscriminatorStep(real, fake, x => x.sum(1)))!.item<double>();

    private static Regularizer Distance(MeanDistanceOptions options) => Plugin.Create<Regularizer>("mean-distance", options);
}
