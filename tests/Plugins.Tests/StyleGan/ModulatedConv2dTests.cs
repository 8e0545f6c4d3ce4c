using NUnit.Framework;
using PluginGan.Plugins.StyleGan;
using PluginGan.Plugins.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.StyleGan;

public sealed class ModulatedConv2dTests
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
    public void Scaled_inputs_and_outputs_are_weights_of_each_sample_as_numpy_has_it()
    {
        var conv = new ModulatedConv2d(2, 3, 3, style: 2);
        conv.to(float64);
        using (no_grad())
        {
            conv.get_parameter("weight")!.copy_(Wave.Of(0.3, 3, 2, 3, 3));
            conv.get_parameter("affine.weight")!.copy_(Wave.Of(0.9, 2, 2));
        }

        var output = conv.call(Wave.Of(0.7, 2, 2, 3, 3), Wave.Of(0.5, 2, 2));

        // Tests/Layers/layers_reference.py
        double[] expected =
        [
            0.372704, 0.561356, 0.306452, 0.404267, 0.354876, 0.038349, 0.101877, -0.177295, -0.299099,
            0.384334, 0.565428, 0.299413, 0.399803, 0.334238, 0.017816, 0.082946, -0.208885, -0.318029,
        ];
        Assert.That(output[.., .., 0].flatten().data<double>(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void It_is_the_grouped_convolution_of_the_paper([Values] bool demodulated)
    {
        var conv = new ModulatedConv2d(4, 6, 3, style: 5, demodulated);
        var (map, style) = (randn(3, 4, 7, 7), randn(3, 5));
        var scales = style.matmul(conv.get_parameter("affine.weight")!.t()) / Math.Sqrt(5) + 1;
        var weights = conv.get_parameter("weight")!.unsqueeze(0) / 6 * scales.reshape(3, 1, 4, 1, 1);
        if (demodulated)
            weights = weights / (weights.square().sum([2, 3, 4], keepdim: true) + 1e-8).sqrt();
        var grouped = nn.functional.conv2d(map.reshape(1, 12, 7, 7), weights.reshape(18, 4, 3, 3), padding: [1, 1], groups: 3).reshape(3, 6, 7, 7);

        Assert.That(conv.call(map, style).allclose(grouped, rtol: 1e-4, atol: 1e-5), Is.True);
    }

    [Test]
    public void Demodulated_outputs_keep_their_variance_whatever_the_scale_of_the_style()
    {
        var conv = new ModulatedConv2d(32, 32, 3, style: 4);
        var map = randn(8, 32, 16, 16);
        Assert.That(conv.call(map, randn(8, 4) * 100).std().item<float>(), Is.EqualTo(1).Within(0.1));
    }

    [Test]
    public void Gradients_agree_with_finite_differences([Values] bool demodulated)
    {
        var conv = new ModulatedConv2d(2, 3, 3, style: 4, demodulated);
        var (map, style) = (randn(2, 2, 3, 3, float64).requires_grad_(), randn(2, 4, float64).requires_grad_());
        var mixed = randn(2, 3, 3, 3, float64);
        FiniteDifferences.AssertAgree([.. FiniteDifferences.Leaves(conv), ("map", map), ("style", style)], () => (conv.call(map, style).square() * mixed).sum());
    }
}
