using NUnit.Framework;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

public sealed class MinibatchDeviationTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp()
    {
        scope = NewDisposeScope();
        manual_seed(1);
    }

    [TearDown]
    public void TearDown() => scope.Dispose();

    [Test]
    public void Each_group_is_given_its_deviation_as_numpy_has_it()
    {
        var input = Wave.Of(0.7, 4, 2, 1, 2);
        var output = new MinibatchDeviation(2).call(input);

        Assert.That(output.shape, Is.EqualTo(new long[] { 4, 3, 1, 2 }));
        Assert.That(output[.., ..2].equal(input).all().item<bool>(), Is.True);
        // layers_reference.py
        Assert.That(output[.., 2].flatten().data<double>(), Is.EqualTo(new[] { 0.200055, 0.200055, 0.203206, 0.203206, 0.200055, 0.200055, 0.203206, 0.203206 }).Within(1e-6));
    }

    [TestCase(6, 4, 3)]
    [TestCase(5, 4, 1)]
    [TestCase(2, 4, 2)]
    public void Where_the_batch_is_no_multiple_the_group_is_the_greatest_divisor_below(int batch, int asked, int used)
    {
        var input = randn(batch, 2, 3, 3);
        Assert.That(new MinibatchDeviation(asked).call(input).allclose(new MinibatchDeviation(used).call(input)), Is.True);
    }

    [Test]
    public void Samples_that_are_alike_have_no_deviation_and_a_finite_gradient()
    {
        var input = ones(4, 2, 3, 3).requires_grad_();
        var deviation = new MinibatchDeviation(4).call(input)[.., 2];
        deviation.sum().backward();

        Assert.That(deviation.max().item<float>(), Is.EqualTo(1e-4).Within(1e-6));
        Assert.That(input.grad!.isfinite().all().item<bool>(), Is.True);
    }

    [Test]
    public void Gradients_agree_with_finite_differences()
    {
        var input = randn(4, 2, 2, 3, float64).requires_grad_();
        FiniteDifferences.AssertAgree([("input", input)], () => new MinibatchDeviation(2).call(input).square().sum());
    }
}
