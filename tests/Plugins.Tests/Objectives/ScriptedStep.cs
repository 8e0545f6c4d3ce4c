using PluginGan.Plugins.Losses;
using PluginGan.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>One update of a phase, as the host would run it, on given samples and latents: the networks that the phase does not train are frozen; what is reported is kept.</summary>
internal sealed class ScriptedStep : GivenStep
{
    public ScriptedStep(GanModel model, Batch real, Tensor latent, AdversarialLoss? loss = null)
        : base(model, real) => (Latents, Loss) = (latent, loss ?? LossModule.toComponent(LossModule.nonSaturating(0)));

    /// <summary>What was reported under that name.</summary>
    public double Value(string scalar) => Reported[scalar].to(ScalarType.Float64).item<double>();

    /// <summary>Runs one phase of an objective: freezes, computes the loss, and says which networks it gives a gradient to.</summary>
    public static (double Loss, IReadOnlyList<string> Moved, ScriptedStep Step) Run(Objective objective, string phase, GanModel model, Batch real, Tensor latent, AdversarialLoss? game = null)
    {
        var step = Prepare(objective, phase, model, real, latent, out var networks, game);
        using var draws = Draws.Begin(5);
        var loss = step.Update(objective, phase)!;
        loss.backward();
        return (loss.to(ScalarType.Float64).item<double>(), [.. networks.Where(network => network.Value.parameters().Any(IsMoved)).Select(network => network.Key).Order()], step);
    }

    /// <summary>A step of a phase, with the networks frozen and without gradients as the host would have them.</summary>
    public static ScriptedStep Prepare(Objective objective, string phase, GanModel model, Batch real, Tensor latent, out Dictionary<string, nn.Module> networks, AdversarialLoss? game = null)
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
        return new ScriptedStep(model, real, latent, game) { TrainsGenerator = trains.Any(model.Generates.Contains) };
    }

    private static bool IsMoved(Tensor parameter) => parameter.grad is { } gradient && gradient.abs().max().to(ScalarType.Float64).item<double>() > 1e-9;
}
