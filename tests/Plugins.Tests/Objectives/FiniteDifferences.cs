using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>The gradients of a phase's loss against central differences in float64.</summary>
internal static class FiniteDifferences
{
    private const double Width = 1e-5;

    /// <summary>Holds the gradient by every parameter that the phase trains. Random draws in the loss are the same each time.</summary>
    public static void Check(Objective objective, string phase, GanModel model, Batch real, Tensor latent)
    {
        var step = ScriptedStep.Prepare(objective, phase, model, real, latent, out var networks);
        var stated = objective.Phases.Single(candidate => candidate.Name == phase);
        Loss(step).backward();
        var greatest = 0.0;
        foreach (var (role, network) in networks.Where(network => stated.Trains.Contains(network.Key)))
        {
            foreach (var (name, parameter) in network.named_parameters())
            {
                var expected = Differences(parameter);
                var gradient = parameter.grad is { } found ? found.to(ScalarType.Float64).flatten().data<double>().ToArray() : new double[expected.Length];
                Assert.That(gradient, Is.EqualTo(expected).Within(1e-6 * Math.Max(1, expected.Max(Math.Abs))), $"{phase}: {role}.{name}");
                greatest = Math.Max(greatest, expected.Max(Math.Abs));
            }
        }
        Assert.That(greatest, Is.GreaterThan(1e-3), $"{phase}: nothing depends on what it trains");

        // Anew each time: a step remembers what it has generated.
        Tensor Loss(ScriptedStep now)
        {
            manual_seed(5);
            return now.Update(objective, phase)!;
        }

        double[] Differences(Tensor parameter)
        {
            using var quiet = no_grad();
            var flat = parameter.detach().flatten();
            return [.. Enumerable.Range(0, (int)flat.NumberOfElements).Select(index =>
            {
                var element = flat.narrow(0, index, 1);
                element.add_(Width);
                var above = Value();
                element.sub_(2 * Width);
                var below = Value();
                element.add_(Width);
                return (above - below) / (2 * Width);
            })];
        }

        double Value()
        {
            using var grad = enable_grad();
            return Loss(new ScriptedStep(model, real, latent) { TrainsGenerator = step.TrainsGenerator }).item<double>();
        }
    }
}
