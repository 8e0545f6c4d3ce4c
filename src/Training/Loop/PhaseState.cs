using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>A phase with what the loop needs to know of it, looked up once.</summary>
internal sealed class PhaseState
{
    private readonly Objective objective;
    private readonly CallTrace trace;
    private readonly NetworkWeights[] weights;
    private readonly Tensor[] parameters, ofModel;
    private readonly List<(Tensor Live, Tensor Before)> states = [];

    public PhaseState(GamePhase game, TrainerSetup setup, NetworkSet networks, IReadOnlyDictionary<string, NetworkWeights> weights)
    {
        var phase = game.Phase;
        (Game, Activity, objective, trace) = (game, $"phase '{phase.Name}'", setup.Objective, setup.Trace);
        Roles = phase.Trains.ToHashSet(StringComparer.Ordinal);
        this.weights = [.. phase.Trains.Select(role => weights[role])];
        parameters = [.. phase.Trains.SelectMany(networks.Parameters)];
        ofModel = [.. GamePhases.OfModel(phase, setup).SelectMany(networks.Parameters)];
        TrainsGenerator = setup.Model.Generates.Any(Roles.Contains);
    }

    public GamePhase Game { get; }

    public Phase Phase => Game.Phase;

    /// <summary>The name of the phase in messages about what the training is doing.</summary>
    public string Activity { get; }

    public HashSet<string> Roles { get; }

    public bool TrainsGenerator { get; }

    /// <summary>Before an update: no gradients, and, where it will be reverted, a memory of what it changes.</summary>
    public void Begin()
    {
        foreach (var network in weights)
        {
            network.ZeroGrad();
            if (Phase.RevertsAfterIteration)
                network.Remember();
        }
        if (!Phase.RevertsAfterIteration || states.Count > 0)
            return;
        using var quiet = no_grad();
        // What regularisers remember of verdicts is of the networks as they are, not of those that are reverted.
        foreach (var live in Game.Terms.SelectMany(term => (IEnumerable<Tensor>?)term.Regularizer.State?.state_dict().Values ?? []))
            states.Add((live, live.clone().DetachFromDisposeScope()));
    }

    /// <summary>At the end of an iteration: the states of regularisers as they were before a phase that is reverted. Its networks revert by themselves.</summary>
    public void Revert()
    {
        if (states.Count == 0)
            return;
        using var quiet = no_grad();
        foreach (var (live, before) in states)
        {
            live.copy_(before);
            before.Dispose();
        }
        states.Clear();
    }

    /// <summary>What an update minimises: what the objective says, or, in a phase of regularisers alone, their penalties.</summary>
    public Tensor? Loss(Step step) => Game.Stated is { } stated ? objective.Loss(stated, step) : step.Adversarial().Loss;

    /// <summary>The optimisers' steps, where there is a gradient, and what comes after a step in any case (weight clipping has no loss of its own).</summary>
    public void Step(TrainingTime time, bool trained, Action<string, Tensor> report)
    {
        foreach (var network in trained ? weights : [])
            using (trace.Calling(network.Rule))
                network.Step(time, report);
        using var quiet = no_grad();
        if (Game.Stated is { } stated)
            objective.AfterStep(stated, parameters);
        foreach (var term in Game.Terms)
            term.Regularizer.AfterStep(ofModel);
    }
}
