using NUnit.Framework;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

public sealed class LossTermTests
{
    // import numpy as np; m = np.array([[.5, -1], [0, 2]]); v = np.array([[0, 1], [-2, .3]]); (-.5 * (1 + v - m**2 - np.exp(v))).sum(1)
    [Test]
    public void The_divergence_of_each_sample_is_that_of_numpy()
    {
        using var scope = NewDisposeScope();
        var divergence = NormalDivergence.FromStandard(tensor(new[,] { { 0.5, -1 }, { 0, 2 } }), tensor(new[,] { { 0, 1 }, { -2, 0.3 } }));
        Assert.That(divergence.data<double>(), Is.EqualTo(new[] { 0.9841409142295225, 2.5925970454063076 }).Within(1e-12));
    }

    // l = np.array([-3, .2, 5]); np.logaddexp(0, -l).mean(), np.logaddexp(0, l).mean()
    [Test]
    public void Cross_entropies_are_those_of_numpy()
    {
        using var scope = NewDisposeScope();
        var logits = tensor([-3, 0.2, 5.0]);
        Assert.Multiple(() =>
        {
            Assert.That(BinaryCrossEntropy.AsReal(logits).item<double>(), Is.EqualTo(1.217813856481484).Within(1e-12));
            Assert.That(BinaryCrossEntropy.AsGenerated(logits).item<double>(), Is.EqualTo(1.9511471898148176).Within(1e-12));
            Assert.That(BinaryCrossEntropy.Of(logits, logits).item<double>(), Is.EqualTo(3.1689610462963014).Within(1e-12));
            Assert.That(BinaryCrossEntropy.AsReal(tensor([-1000.0])).item<double>(), Is.EqualTo(1000).Within(1e-9));
        });
    }
}
