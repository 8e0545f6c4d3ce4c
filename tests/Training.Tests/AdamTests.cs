using NUnit.Framework;
using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class AdamTests
{
    [TestCase(0.5, 0.999)]
    [TestCase(0.0, 0.99)]
    [TestCase(0.9, 0.9)]
    public void A_hundred_steps_equal_those_of_torch_optim(double beta1, double beta2)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (Network(), Network());
        using var adam = new Adam(ours, OptimizerSettings.Default.With(rate: 1e-2, beta1, beta2));
        using var reference = optim.Adam(theirs.parameters(), 1e-2, beta1, beta2, 1e-8);
        var input = randn(32, 5, dtype: ScalarType.Float64);
        for (var step = 0; step < 100; step++)
        {
            adam.ZeroGrad();
            ours.call(input).square().mean().backward();
            adam.Step(0);
            reference.zero_grad();
            theirs.call(input).square().mean().backward();
            reference.step();
        }
        foreach (var (a, b) in ours.parameters().Zip(theirs.parameters()))
            Assert.That((a - b).abs().max().item<double>(), Is.LessThan(1e-6));
    }

    [Test]
    public void A_parameter_without_a_gradient_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        var network = Network();
        using var adam = new Adam(network, OptimizerSettings.Default);
        var before = network.parameters().Select(parameter => parameter.clone()).ToList();

        adam.ZeroGrad();
        adam.Step(0);

        foreach (var (then, now) in before.Zip(network.parameters()))
            Assert.That(then.Equals(now));
    }

    private static nn.Module<Tensor, Tensor> Network()
    {
        manual_seed(3);
        // In float64: at small gradients Adam divides rounding errors by themselves.
        return nn.Sequential(nn.Linear(5, 7), nn.Tanh(), nn.Linear(7, 2)).to(ScalarType.Float64);
    }
}
