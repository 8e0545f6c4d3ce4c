using NUnit.Framework;
using PluginGan.Plugins.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>
/// Penalties on gradients are trained by derivatives of derivatives. Here those by the weights of a small convolutional discriminator, in float64,
/// against central differences of the penalty itself.
/// </summary>
public sealed class SecondOrderTests
{
    private const double Width = 1e-5;

    private static readonly Registered Plugin = new(new LossesPlugin());

    [TestCase("r1")]
    [TestCase("r2")]
    [TestCase("gradient-penalty")]
    public void The_gradient_of_a_penalty_by_the_weights_matches_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        Tensor[] weights = [Leaf(randn(3, 1, 3, 3, float64)), Leaf(randn(3, float64)), Leaf(randn(3 * 4 * 4, 1, float64).mul(0.3))];
        var (real, fake) = (randn(4, 1, 6, 6, float64), randn(4, 1, 6, 6, float64));
        var regularizer = Plugin.Create<Regularizer>(name);
        Tensor Penalty() => regularizer.Penalty(new DiscriminatorStep(real, fake, images =>
            nn.functional.conv2d(images, weights[0], weights[1]).tanh().flatten(1).matmul(weights[2]).squeeze(1)))!;

        var penalty = Penalty();
        penalty.backward();

        Assert.That(penalty.item<double>(), Is.GreaterThan(0.01));
        foreach (var weight in weights)
        {
            var expected = Differences(weight, () => Penalty().item<double>());
            Assert.That(weight.grad!.flatten().data<double>(), Is.EqualTo(expected).Within(1e-7 * Math.Max(1, expected.Max(Math.Abs))));
            Assert.That(expected.Max(Math.Abs), Is.GreaterThan(1e-4));
        }
    }

    private static double[] Differences(Tensor weight, Func<double> value)
    {
        var flat = weight.detach().flatten();
        return [.. Enumerable.Range(0, (int)flat.NumberOfElements).Select(index =>
        {
            var element = flat.narrow(0, index, 1);
            element.add_(Width);
            var above = value();
            element.sub_(2 * Width);
            var below = value();
            element.add_(Width);
            return (above - below) / (2 * Width);
        })];
    }

    private static Tensor Leaf(Tensor values) => values.detach().requires_grad_();
}
