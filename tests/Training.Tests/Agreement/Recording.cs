using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>One evaluation of a loss: what it was given, and what came out.</summary>
/// <param name="Phase">"d" or "g".</param>
/// <param name="Real">[N, C, H, W].</param>
/// <param name="Latent">[N, Size]; null where the generated samples were those of the evaluation before.</param>
/// <param name="Share">The draw of the gradient penalty.</param>
/// <param name="Loss">The value.</param>
internal sealed record Evaluation(string Phase, Tensor Real, Tensor? Latent, Tensor Share, float Loss);

/// <summary>Plays an objective and writes down every evaluation.</summary>
internal sealed class Recording(Objective objective) : Objective
{
    private Tensor? latent;

    public List<Evaluation> Evaluations { get; } = [];

    public override IReadOnlyList<Phase> Phases => objective.Phases;

    public void Drawn(Tensor latent) => this.latent = latent.clone().DetachFromDisposeScope();

    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var loss = objective.Loss(phase, step);
        using var draws = step.BeginDraws("gradient-penalty");
        var share = Draws.Uniform(step.Real.Count, [1, 1, 1]).DetachFromDisposeScope();
        Evaluations.Add(new Evaluation(phase.Name, step.Real.Samples.clone().DetachFromDisposeScope(), latent, share, loss!.item<float>()));
        latent = null;
        return loss;
    }
}
