using NUnit.Framework;
using PluginGan.Plugins.Tests.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>A step of given data for objectives that draw themselves: latents come from torch's global generator, what is kept stays, what is reported can be read.</summary>
internal sealed class GivenStep(GanModel model, Batch real) : StepContext
{
    private readonly Dictionary<string, Tensor> kept = [];
    private readonly Dictionary<string, Tensor> reported = [];

    public ScalarType Type { get; init; } = ScalarType.Float32;

    public override GanModel Model => model;

    public override Batch Real => real;

    public override Tensor? Condition => model.Condition is NoCondition ? null : real.Condition;

    public override TrainingTime Time => default;

    public override int Repeat => 0;

    public override int Micro => 0;

    public override Tensor Generated => model.Generate(Latent(real.Count), Condition);

    public override Tensor Latent(long count) => model.Latent.Length is { } length ? randn(count, length, model.Latent.Size, dtype: Type) : randn(count, model.Latent.Size, dtype: Type);

    public override Tensor Augment(Tensor samples) => samples;

    public override void Observe(DiscriminatorOutput real)
    {
    }

    public override ulong Seed(string purpose) => (ulong)purpose.Length;

    public override void Keep(string name, Tensor value) => kept[name] = value.detach();

    public override Tensor? Kept(string name) => kept.GetValueOrDefault(name);

    public override Tensor Gradient(Tensor output, Tensor input) => autograd.grad([output.sum()], [input], retain_graph: true, create_graph: true)[0];

    public override void Report(string scalar, Tensor value) => reported[scalar] = value.detach();

    /// <summary>What was reported last under that name.</summary>
    public double Reported(string scalar) => reported[scalar].to(ScalarType.Float64).item<double>();

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
