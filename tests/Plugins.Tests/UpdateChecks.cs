using NUnit.Framework;
using PluginGan.Plugins.Tests.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>What is asked of the loss of an update: whether it waits for a device, and whether its gradients are right.</summary>
internal static class UpdateChecks
{
    /// <summary>The operators of a loss and its gradients that would wait for a GPU (see NoWaitingTests, also for those that read a value on the CPU only).</summary>
    public static IReadOnlyList<string> Waiting(Func<Tensor> loss)
    {
        using var log = new OperatorLog();
        loss().backward();
        string[] waiting = ["aten::_local_scalar_dense", "aten::nonzero", "aten::masked_select", "aten::equal", "aten::bincount"];
        Assert.That(log.Calls, Has.Some.Contains("aten::addmm").Or.Some.Contains("aten::linear"), "what an update does was not seen");
        string[] onTheCpuOnly = ["aten::one_hot", "aten::var.correction"];
        return [.. log.Calls.Where(call => waiting.Any(call.EndsWith) && !onTheCpuOnly.Any(call.Contains))];
    }

    /// <summary>The gradient of a loss by some parameters of a network, and central differences, in float64. Each evaluation draws the same.</summary>
    /// <param name="network">What is differentiated by: its every parameter, at a few places each.</param>
    /// <param name="loss">Made anew each time.</param>
    public static IEnumerable<(string Name, double Gradient, double Difference)> Differences(nn.Module network, Func<Tensor> loss)
    {
        const double Width = 1e-6;
        double Value()
        {
            using var scope = NewDisposeScope();
            manual_seed(5);
            return loss().item<double>();
        }
        foreach (var (_, parameter) in network.named_parameters())
            parameter.grad = null;
        manual_seed(5);
        loss().backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            using var scope = NewDisposeScope();
            var flat = parameter.detach().flatten();
            foreach (var at in new[] { 0L, flat.NumberOfElements / 3, flat.NumberOfElements - 1 }.Distinct())
            {
                var element = flat.narrow(0, at, 1);
                element.add_(Width);
                var above = Value();
                element.sub_(2 * Width);
                var below = Value();
                element.add_(Width);
                yield return ($"{name}[{at}]", parameter.grad is null ? 0 : parameter.grad.flatten()[at].item<double>(), (above - below) / (2 * Width));
            }
        }
    }
}
