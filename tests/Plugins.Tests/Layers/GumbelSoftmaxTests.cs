using NUnit.Framework;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Categories drawn by their logits, with gradients.</summary>
public sealed class GumbelSoftmaxTests
{
    [Test]
    public void Categories_are_drawn_by_the_softmax_of_their_logits()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var draw = new GumbelSoftmax(0.5);
        var shares = tensor(new[] { 0.7f, 0.2f, 0.1f, 0 });
        var logits = tensor(new[] { MathF.Log(0.7f), MathF.Log(0.2f), MathF.Log(0.1f), -1e9f }).expand(20_000, 4);

        foreach (var hard in new[] { true, false })
            Assert.That(draw.Draw(logits, 1, hard).argmax(1).bincount(null, 4).data<long>().ToArray().Select(count => count / 20_000.0), Is.EqualTo(shares.data<float>().ToArray()).Within(0.012));
    }

    [Test]
    public void Straight_through_draws_are_one_hot_with_the_gradient_of_soft_ones()
    {
        using var scope = NewDisposeScope();
        using var draw = new GumbelSoftmax(0.7);
        var logits = randn(5, 3, 4, dtype: float64).requires_grad_();
        var weights = randn(5, 3, 4, dtype: float64);
        Tensor Gradient(bool hard, out Tensor drawn)
        {
            manual_seed(4);
            drawn = draw.Draw(logits, 2, hard);
            return autograd.grad([(drawn * weights).sum()], [logits])[0];
        }

        var (hard, soft) = (Gradient(true, out var oneHot), Gradient(false, out var probabilities));

        Assert.That(hard.allclose(soft, 1e-12, 1e-12), Is.True);
        Assert.That(soft.abs().sum().item<double>(), Is.GreaterThan(0.1));
        Assert.That(oneHot.round().sub(oneHot).abs().max().item<double>(), Is.LessThan(1e-12));
        Assert.That(oneHot.argmax(2).allclose(probabilities.argmax(2)), Is.True);
        Assert.That(probabilities.sum(2).sub(1).abs().max().item<double>(), Is.LessThan(1e-12));
    }

    [Test]
    public void Gradients_of_soft_draws_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var draw = new GumbelSoftmax(0.7);
        var logits = randn(6, dtype: float64).requires_grad_();
        var weights = randn(6, dtype: float64);
        double Value()
        {
            manual_seed(4);
            using var quiet = no_grad();
            return (draw.Draw(logits, 0) * weights).sum().item<double>();
        }
        manual_seed(4);
        var gradient = autograd.grad([(draw.Draw(logits, 0) * weights).sum()], [logits])[0].data<double>().ToArray();

        for (var at = 0; at < 6; at++)
        {
            using var quiet = no_grad();
            var element = logits.detach().narrow(0, at, 1);
            element.add_(1e-5);
            var above = Value();
            element.sub_(2e-5);
            var below = Value();
            element.add_(1e-5);
            Assert.That(gradient[at], Is.EqualTo((above - below) / 2e-5).Within(1e-8));
        }
    }

    [Test]
    public void Cooled_draws_come_near_to_one_hot()
    {
        using var scope = NewDisposeScope();
        using var draw = new GumbelSoftmax(5);
        double Largest()
        {
            manual_seed(2);
            return draw.Draw(zeros(1000, 6), 1).amax([1]).mean().item<float>();
        }

        Assert.That(Largest(), Is.LessThan(0.4));
        draw.Cool(0.05);
        Assert.That((draw.Temperature, Largest()), Is.EqualTo((0.05, 1.0)).Using<(double, double)>((a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 0.03));
    }
}
