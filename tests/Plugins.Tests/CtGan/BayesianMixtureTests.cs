using NUnit.Framework;
using PluginGan.Plugins.CtGan;

namespace PluginGan.Plugins.Tests;

/// <summary>The modes of a column, against scikit-learn's (ctgan_reference.py).</summary>
public sealed class BayesianMixtureTests
{
    [Test]
    public void Modes_are_those_that_scikit_learn_finds()
    {
        AssertModes(
            Values(600, [-3, 0, 5], [0.2, 0.5, 1.0]), 10,
            [0.334269379, 0.331446867, 0.321730753], [-2.988994137, 0.034848515, 4.944528896], [0.376279462, 0.432595925, 0.785353068]);
        AssertModes(
            Values(400, [100, 101], [1.5, 3.0]), 4,
            [0.437177037, 0.041214972, 0.330123382, 0.191484609], [98.939452488, 100.582168661, 101.049743928, 103.408025659], [0.608472884, 1.199833983, 0.633128636, 0.696582802]);
        AssertModes(Values(50, [0], [1e-3]), 10, [0.616237785, 0.383743560], [-0.000576804, 0.000625423], [0.000380126, 0.000438534]);
    }

    [Test]
    public void The_order_of_the_values_does_not_matter()
    {
        var values = Values(300, [-1, 1], [0.1, 0.3]);
        var (there, back) = (BayesianMixture.Fit(values, 10), BayesianMixture.Fit([.. values.Reverse()], 10));
        Assert.That(back.Means, Is.EqualTo(there.Means).Within(1e-9));
        Assert.That(back.Weights, Is.EqualTo(there.Weights).Within(1e-9));
    }

    [Test]
    public void Equal_values_and_single_ones_have_one_mode()
    {
        foreach (var values in new double[][] { [7], [7, 7, 7, 7] })
        {
            var mixture = BayesianMixture.Fit(values, 10);
            Assert.That(mixture.Weights, Is.EqualTo(new[] { 1.0 }).Within(1e-12));
            Assert.That(mixture.Means, Is.EqualTo(new[] { 7.0 }).Within(1e-12));
            Assert.That(mixture.Deviations, Is.All.InRange(1e-9, 0.01));
        }
    }

    [Test]
    public void Numbers_of_any_size_are_fitted_alike()
    {
        var values = Values(300, [-1, 1], [0.1, 0.3]);
        var (small, large) = (BayesianMixture.Fit(values, 5), BayesianMixture.Fit([.. values.Select(value => value * 1e9 + 1e10)], 5));
        Assert.That(large.Means.Select(mean => (mean - 1e10) / 1e9), Is.EqualTo(small.Means).Within(1e-6));
        Assert.That(large.Deviations.Select(deviation => deviation / 1e9), Is.EqualTo(small.Deviations).Within(1e-6));
    }

    private static void AssertModes(double[] values, int modes, double[] weights, double[] means, double[] deviations)
    {
        var mixture = BayesianMixture.Fit(values, modes);
        int[] kept = [.. Enumerable.Range(0, mixture.Weights.Length).Where(mode => mixture.Weights[mode] > 0.005)];
        Assert.That(mixture.Weights.Sum(), Is.EqualTo(1).Within(1e-12));
        Assert.That(kept.Select(mode => mixture.Weights[mode]), Is.EqualTo(weights).Within(1e-7));
        Assert.That(kept.Select(mode => mixture.Means[mode]), Is.EqualTo(means).Within(1e-7));
        Assert.That(kept.Select(mode => mixture.Deviations[mode]), Is.EqualTo(deviations).Within(1e-7));
    }

    private static double[] Values(int count, double[] centres, double[] scales) =>
        [.. Enumerable.Range(0, count).Select(at => centres[at % centres.Length] + scales[at % scales.Length] * Math.Sin((double)at * at))];
}
