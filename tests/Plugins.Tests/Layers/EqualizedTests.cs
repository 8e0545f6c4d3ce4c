using NUnit.Framework;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

public sealed class EqualizedTests
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
    public void A_linear_layer_divides_its_weights_by_the_root_of_the_inputs()
    {
        var layer = new EqualizedLinear(16, 3, bias: 2);
        var (weight, bias, input) = (layer.get_parameter("weight")!, layer.get_parameter("bias")!, randn(5, 16));

        Assert.That(layer.call(input).allclose(input.matmul(weight.t()) / 4 + 2, atol: 1e-6), Is.True);
        Assert.That(bias.eq(2).all().item<bool>(), Is.True);
    }

    [Test]
    public void A_lowered_rate_changes_the_step_and_not_the_function([Values(1, 0.01)] double rate)
    {
        var layer = new EqualizedLinear(64, 500, bias: 1, rate: rate);
        var input = ones(1, 64);
        var before = layer.call(input);
        using (no_grad())
            foreach (var parameter in layer.parameters())
                parameter.add_(0.1);

        Assert.That(before.mean().item<float>(), Is.EqualTo(1).Within(0.15));
        Assert.That(before.std().item<float>(), Is.EqualTo(1).Within(0.1));
        // 64 weights of 1/8 each, and the bias.
        Assert.That((layer.call(input) - before).mean().item<float>(), Is.EqualTo(0.1 * rate * 9).Within(1e-4));
    }

    [Test]
    public void A_convolution_divides_its_weights_by_the_root_of_the_fan_in()
    {
        var layer = new EqualizedConv2d(4, 3, 3);
        var input = randn(2, 4, 5, 5);
        Assert.That(layer.call(input).allclose(nn.functional.conv2d(input, layer.get_parameter("weight")! / 6, padding: [1, 1]), atol: 1e-5), Is.True);
    }

    [Test]
    public void Normalised_pixels_have_a_mean_square_of_1()
    {
        var input = randn(2, 8, 3, 3) * 5;
        var output = new PixelNorm().call(input);
        Assert.That(output.square().mean([1]).allclose(ones(2, 3, 3), rtol: 1e-4), Is.True);
        Assert.That((output / input).std([1]).max().item<float>(), Is.LessThan(1e-5), "the direction changed");
    }

    [Test]
    public void Gradients_agree_with_finite_differences()
    {
        var layers = nn.Sequential(new EqualizedConv2d(2, 3, 3), new PixelNorm(), nn.Flatten(), new EqualizedLinear(12, 2, rate: 0.1));
        var input = randn(2, 2, 2, 2, float64).requires_grad_();
        FiniteDifferences.AssertAgree([.. FiniteDifferences.Leaves(layers), ("input", input)], () => layers.call(input).square().sum());
    }
}
