using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Unrolled;

/// <summary>
/// Unrolled GAN (Metz, Poole, Pfau, Sohl-Dickstein, arXiv:1611.02163), to first order: after the discriminator's own update it is trained a few steps ahead, the generator is updated against what it
/// has become, and the steps ahead are taken back. The paper differentiates through those steps as well; here the discriminator K steps ahead, θ_D^K, is taken as given, which leaves out the second term
/// of its equation 9: the way in which the discriminator would react to the generator.
/// </summary>
internal sealed class UnrolledObjective : Objective
{
    private const string D = "d", Ahead = "unroll", G = "g";

    private readonly bool saturating;

    public UnrolledObjective(UnrolledOptions options, GanModel model)
    {
        saturating = options.Saturating;
        Phase d = new(D, [Roles.Discriminator]), g = new(G, model.Generates);
        Phases = options.Steps == 0 ? [d, g with { SharesDraw = true }] : [d, new Phase(Ahead, [Roles.Discriminator]) { Repeat = options.Steps, LooksAhead = true }, g];
    }

    /// <inheritdoc/>
    public override bool ShowsVerdicts => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var fake = Verdict(step, step.Generated);
        var loss = phase.Name != G ? BinaryCrossEntropy.Of(Real(phase, step), fake)
            : saturating ? BinaryCrossEntropy.AsGenerated(fake).neg()
            : BinaryCrossEntropy.AsReal(fake);
        step.Report("loss", loss);
        return loss;
    }

    private static Tensor Real(Phase phase, StepContext step)
    {
        var real = Verdict(step, step.Real.Samples);
        // What is only looked ahead to is taken back.
        if (phase.Name == D)
            step.Observe(new(real));
        return real;
    }

    private static Tensor Verdict(StepContext step, Tensor samples) => step.Model.Discriminate(step.Augment(samples), step.Condition).Logits;
}
