using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

public sealed class InstanceNoiseTests
{
    private static Tensor Apply(Tensor samples, double strength)
    {
        using var noise = new Registered(new LossesPlugin()).Create<Augmentation>("instance-noise", new InstanceNoiseOptions { Deviation = 0.2 });
        return noise.Apply(samples, tensor((float)strength));
    }

    [TestCase(0.0)]
    [TestCase(0.5)]
    [TestCase(1.0)]
    public void The_standard_deviation_of_the_noise_is_scaled_by_the_strength(double strength)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var samples = zeros(100, 1000);
        var noise = Apply(samples, strength);
        Assert.That(noise.std().item<float>(), Is.EqualTo(0.2 * strength).Within(0.002));
        Assert.That(noise.mean().item<float>(), Is.EqualTo(0).Within(0.002));
    }

    [Test]
    public void Gradients_pass_through_unchanged()
    {
        using var scope = NewDisposeScope();
        var samples = randn(3, 4).requires_grad_();
        Apply(samples, 1).sum().backward();
        Assert.That(samples.grad!.data<float>(), Is.All.EqualTo(1));
    }
}
