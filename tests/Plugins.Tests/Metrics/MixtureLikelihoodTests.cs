using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Likelihoods under mixtures, against scikit-learn's (mixture_reference.py) and against formulas.</summary>
public sealed class MixtureLikelihoodTests
{
    [Test]
    public void A_mixture_is_fitted_as_scikit_learn_fits_it_from_the_same_beginning()
    {
        using var scope = NewDisposeScope();
        var points = Points(300);
        var fitted = GaussianMixtureModule.climb(points.narrow(0, 0, 200), nn.functional.one_hot(arange(200).remainder(3), 3).to(float64));

        Assert.That(fitted.Shares.data<double>().ToArray(), Is.EqualTo(new[] { 0.42999853175014835, 0.2850014682498687, 0.28499999999998293 }).Within(1e-9));
        Assert.That(fitted.Means.data<double>().ToArray(), Is.EqualTo(new[] { -0.052028180705269815, -0.022235282730622447, 2.025440538704379, 0.9510258864527902, 1.0602538136815651, 3.010318196078149 }).Within(1e-9));
        Assert.That(fitted.Covariances[0].contiguous().data<double>().ToArray(), Is.EqualTo(new[] { 0.11653290398038828, 0.058888605641224216, 0.058888605641224216, 0.1184367759152311 }).Within(1e-9));
        Assert.That(GaussianMixtureModule.logLikelihood(fitted, points.narrow(0, 0, 200)), Is.EqualTo(-1.5747928267270757).Within(1e-9));
        Assert.That(GaussianMixtureModule.logLikelihood(fitted, points.narrow(0, 200, 100)), Is.EqualTo(-1.6588994330049018).Within(1e-9));
    }

    [Test]
    public void Restarts_from_far_centres_find_every_mode_of_the_grid()
    {
        using var scope = NewDisposeScope();
        var fitted = GaussianMixtureModule.fit(Grid(1, 0.2), 25, 5, 3);
        Assert.That(fitted.Means.div(2).round().mul(2).sub(fitted.Means).abs().max().item<double>(), Is.LessThan(0.15));
        Assert.That(fitted.Shares.min().item<double>(), Is.GreaterThan(0.03));
    }

    [Test]
    public void True_samples_are_as_likely_as_the_entropy_of_the_mixture_says()
    {
        using var scope = NewDisposeScope();
        var values = Likelihoods(Grid(1, 0.2236), Grid(2, 0.2236));
        // Far modes: minus the entropy, -(ln 25 + ln(2πe σ²)); CTGAN's paper gives -3.06.
        var ideal = -(Math.Log(25) + Math.Log(2 * Math.PI * Math.E * 0.2236 * 0.2236));
        Assert.That(ideal, Is.EqualTo(-3.06).Within(0.005));
        Assert.That(values["likelihood-ideal"], Is.EqualTo(ideal).Within(0.05));
        Assert.That(values["likelihood-generated"], Is.EqualTo(ideal).Within(0.05));
        Assert.That(values["likelihood-real"], Is.EqualTo(ideal).Within(0.08));
    }

    [Test]
    public void A_lost_mode_costs_likelihood_of_real_samples_and_stray_samples_that_of_generated_ones()
    {
        using var scope = NewDisposeScope();
        var (real, all) = (Grid(1, 0.2), Grid(2, 0.2));
        var lost = all[all.select(1, 0).lt(3)];
        var stray = cat([all, zeros(200, 2, dtype: float64) + 1]);

        var (ideal, without, astray) = (Likelihoods(real, all), Likelihoods(real, lost), Likelihoods(real, stray));

        Assert.That(without["likelihood-real"], Is.LessThan(ideal["likelihood-real"] - 1));
        Assert.That(without["likelihood-generated"], Is.EqualTo(ideal["likelihood-generated"]).Within(0.05));
        Assert.That(astray["likelihood-generated"], Is.LessThan(ideal["likelihood-generated"] - 0.5));
    }

    [Test]
    public void Tables_of_numbers_are_points_and_what_cannot_be_measured_is_refused()
    {
        using var scope = NewDisposeScope();
        var ring = new MixtureLikelihoodOptions();
        Dictionary<string, double> Of(SampleSpec spec, Tensor samples) => MeasuredBy.Values("mixture-likelihood", new GivenContext(spec, new Batch(samples), new Batch(samples)), ring);
        var angles = arange(64, dtype: float64) * (Math.PI / 4);
        var points = stack([angles.cos(), angles.sin()], 1) + 0.01 * randn(64, 2, dtype: float64);

        Assert.That(Of(new TableSpec([new ColumnSpec("x", null), new ColumnSpec("y", null)]), points)["likelihood-generated"], Is.InRange(3, 5));
        Assert.Multiple(() =>
        {
            Assert.That(() => Of(new TableSpec([new ColumnSpec("x", null), new ColumnSpec("y", ["a"])]), points), Refusal("'y' is categorical"));
            Assert.That(() => Of(new ImageSpec(1, 2, 2), zeros(64, 1, 2, 2)), Refusal("takes vectors or tables, but the data is image 2×2 (1 channel)"));
            Assert.That(() => Of(new VectorSpec(2), points / 0.0), Refusal("generated samples hold NaN"));
            Assert.That(() => Of(new VectorSpec(2), points.narrow(0, 0, 7)), Refusal("needs as many points, and there are 7"));
        });
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private static Dictionary<string, double> Likelihoods(Tensor real, Tensor generated) =>
        MeasuredBy.Values("mixture-likelihood", MeasuredBy.Of(real, generated), new MixtureLikelihoodOptions { Layout = ModeLayout.Grid, Deviation = 0.2236 });

    private static Tensor Grid(long seed, double deviation)
    {
        manual_seed(seed);
        var along = arange(-4, 5, 2, dtype: float64);
        return cartesian_prod(along, along).repeat(80, 1) + deviation * randn(2000, 2, dtype: float64);
    }

    private static Tensor Points(int count)
    {
        var at = arange(count, dtype: float64);
        var mode = at.remainder(7).remainder(3).to(int64);
        var (sine, cosine) = ((at * at).sin(), (3 * at * at).cos());
        return stack([tensor(new[] { 0.0, 2, 1 }).index_select(0, mode) + 0.5 * sine, tensor(new[] { 0.0, 1, 3 }).index_select(0, mode) + 0.4 * cosine + 0.3 * sine], 1);
    }
}
