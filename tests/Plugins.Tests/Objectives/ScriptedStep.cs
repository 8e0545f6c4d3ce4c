using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>One update of a phase, as the host would run it, on given samples and latents: the networks that the phase does not train are frozen; what is reported is kept.</summary>
internal sealed class ScriptedStep(GanModel model, Batch real, Tensor latent) : StepContext
{
    private readonly Dictionary<string, Tensor> kept = [];
    private Tensor? generated;

    /// <summary>What was reported, by name.</summary>
    public Dictionary<string, double> Reported { get; } = [];

    /// <summary>Whether the phase trains the generator.</summary>
    public bool TrainsGenerator { get; set; } = true;

    public override GanModel Model => model;

    public override Batch Real => real;

    public override Tensor? Condition => model.Condition is NoCondition ? null : real.Condition;

    public override TrainingTime Time { get; } = new(0, 0, 100);

    public override int Repeat => 0;

    public override int Micro => 0;

    public override Tensor Generated => generated ??= TrainsGenerator ? model.Generate(Latent(real.Count), Condition) : model.Generate(Latent(real.Count), Condition).detach();

    /// <summary>Runs one phase of an objective: freezes, computes the loss, and says which networks it gives a gradient to.</summary>
    public static (double Loss, IReadOnlyList<string> Moved, ScriptedStep Step) Run(Objective objective, string phase, GanModel model, Batch real, Tensor latent)
    {
        var step = Prepare(objective, phase, model, real, latent, out var networks);
        using var draws = Draws.Begin(5);
        var loss = objective.Loss(objective.Phases.Single(candidate => candidate.Name == phase), step)!;
        loss.backward();
        return (loss.to(ScalarType.Float64).item<double>(), [.. networks.Where(network => network.Value.parameters().Any(IsMoved)).Select(network => network.Key).Order()], step);
    }

    /// <summary>A step of a phase, with the networks frozen and without gradients as the host would have them.</summary>
    public static ScriptedStep Prepare(Objective objective, string phase, GanModel model, Batch real, Tensor latent, out Dictionary<string, nn.Module> networks)
    {
        var trains = objective.Phases.Single(candidate => candidate.Name == phase).Trains;
        networks = model.Networks.Concat(objective.Networks).ToDictionary(network => network.Key, network => network.Value);
        foreach (var (role, network) in networks)
        {
            foreach (var parameter in network.parameters())
            {
                parameter.requires_grad = trains.Contains(role);
                parameter.grad = null;
            }
        }
        return new ScriptedStep(model, real, latent) { TrainsGenerator = trains.Any(model.Generates.Contains) };
    }

    public override void Observe(DiscriminatorOutput real)
    {
    }

    public override Tensor Latent(long count) => latent.alias();

    public override Tensor Augment(Tensor samples) => samples;

    public override ulong Seed(string purpose) => 1;

    public override void Keep(string name, Tensor value) => kept[name] = value.detach();

    public override Tensor? Kept(string name) => kept.GetValueOrDefault(name);

    public override Tensor Gradient(Tensor output, Tensor input) => autograd.grad([output.sum()], [input], create_graph: true, retain_graph: true)[0];

    public override void Report(string scalar, Tensor value) => Reported[scalar] = value.to(ScalarType.Float64).item<double>();

    private static bool IsMoved(Tensor parameter) => parameter.grad is { } gradient && gradient.abs().max().to(ScalarType.Float64).item<double>() > 1e-9;
}
