using static TorchSharp.torch;

namespace PluginGan.Bench.Games;

/// <summary>An objective that tells a timeline where its phases begin and end. The objective itself stays its owner's.</summary>
internal sealed class TimedObjective(Objective objective, Timeline timeline) : Objective
{
    public override IReadOnlyList<Phase> Phases => objective.Phases;

    public override Tensor? Loss(Phase phase, StepContext step)
    {
        timeline.Enter("losses and what is reported of them");
        var loss = objective.Loss(phase, step);
        // The trainer goes on to backward.
        timeline.Enter($"backward of {phase.Name}, norm of its gradients");
        return loss;
    }

    public override void AfterStep(Phase phase, IReadOnlyList<Tensor> parameters)
    {
        objective.AfterStep(phase, parameters);
        // Behind the last update the averages move; before another, the loop goes on.
        timeline.Enter(phase == Phases[^1] ? "averages (EMA)" : "the loop: plan, gradients set to zero, scalars");
    }
}
