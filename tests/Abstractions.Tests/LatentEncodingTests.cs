using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Abstractions.Tests;

public class LatentEncodingTests
{
    [Test]
    public void Draws_have_the_mean_and_the_variance_that_the_encoder_says()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var encoding = new LatentEncoding(full([200_000, 1], 3.0, float64), full([200_000, 1], Math.Log(4), float64));

        var drawn = encoding.Draw();

        Assert.That(drawn.mean().item<double>(), Is.EqualTo(3).Within(0.02));
        Assert.That(drawn.var().item<double>(), Is.EqualTo(4).Within(0.06));
    }

    [Test]
    public void Gradients_of_a_draw_reach_mean_and_log_variance()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var (mean, logVariance) = (zeros(3, 2, float64).requires_grad_(), full([3, 2], 0.5, float64).requires_grad_());

        var drawn = new LatentEncoding(mean, logVariance).Draw();
        drawn.sum().backward();

        Assert.That(mean.grad!.data<double>(), Is.All.EqualTo(1));
        // d/dv exp(v/2) ε = ½ exp(v/2) ε, half of what was drawn around a mean of 0.
        Assert.That((logVariance.grad! - drawn.detach() * 0.5).abs().max().item<double>(), Is.LessThan(1e-12));
    }

    [Test]
    public void A_deterministic_encoder_draws_its_mean()
    {
        using var scope = NewDisposeScope();
        var mean = randn(4, 2);
        Assert.That(new LatentEncoding(mean).Draw().data<float>().ToArray(), Is.EqualTo(mean.data<float>().ToArray()));
    }

    [Test]
    public void What_comes_in_as_16_bit_is_raised_to_single_precision()
    {
        using var scope = NewDisposeScope();
        var encoding = new LatentEncoding(zeros(2, 2, bfloat16), zeros(2, 2, bfloat16));
        Assert.That((encoding.Mean.dtype, encoding.LogVariance!.dtype), Is.EqualTo((float32, float32)));
    }
}
