using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>A phase with what the loop needs to know of it, looked up once.</summary>
internal sealed class PhaseState
{
    private readonly Objective objective;
    private readonly Adam[] optimizers;
    private readonly Tensor[] parameters;

    public PhaseState(Phase phase, TrainerSetup setup, NetworkSet networks, Dictionary<string, Adam> optimizers)
    {
        (Phase, objective) = (phase, setup.Objective);
        Roles = phase.Trains.ToHashSet(StringComparer.Ordinal);
        this.optimizers = [.. phase.Trains.Select(role => optimizers[role])];
        parameters = [.. phase.Trains.SelectMany(networks.Parameters)];
        TrainsGenerator = setup.Model.Generates.Any(Roles.Contains);
    }

    public Phase Phase { get; }

    public HashSet<string> Roles { get; }

    public bool TrainsGenerator { get; }

    public void ZeroGrad()
    {
        foreach (var optimizer in optimizers)
            optimizer.ZeroGrad();
    }

    /// <summary>The optimisers' steps, where there is a gradient, and what comes after a step in any case (weight clipping has no loss of its own).</summary>
    public void Step(TrainingTime time, bool trained)
    {
        foreach (var optimizer in trained ? optimizers : [])
            optimizer.Step(time);
        using (no_grad())
            objective.AfterStep(Phase, parameters);
    }
}
