using static TorchSharp.torch;

namespace PluginGan.Plugins.Unrolled;

/// <summary>
/// Unrolled GAN (Metz, Poole, Pfau, Sohl-Dickstein, arXiv:1611.02163), to first order: after the discriminator's own update it is trained a few steps ahead, the generator is updated against what it
/// has become, and the steps ahead are reverted. The paper differentiates through those steps as well; here the discriminator K steps ahead, θ_D^K, is taken as given, which leaves out the second term
/// of its equation 9: the way in which the discriminator would react to the generator.
/// </summary>
internal sealed class UnrolledObjective : Objective
{
    public UnrolledObjective(UnrolledOptions options, GanModel model)
    {
        Phase d = new("d", [Roles.Discriminator]) { Side = Side.Discriminator };
        Phase g = new("g", model.Generates) { Side = Side.Generator, SharesDraw = options.Steps == 0 };
        Phases = options.Steps == 0 ? [d, g] : [d, d with { Name = "unroll", Repeat = options.Steps, RevertsAfterIteration = true }, g];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step) => step.Adversarial().Loss;
}
