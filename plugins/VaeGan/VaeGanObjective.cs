using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.VaeGan;

/// <summary>
/// Autoencoding beyond pixels using a learned similarity metric (Larsen et al., arXiv:1512.09300), its algorithm 1. With x̃ the reconstruction of x through the encoder, and xₚ a
/// sample from the prior:
/// <list type="bullet">
/// <item>the discriminator minimises L_GAN = -log D(x) - log(1 - D(x̃)) - log(1 - D(xₚ)),</item>
/// <item>the encoder L_prior + L_like: KL(q(z | x) ‖ N(0, 1)) plus ½ ‖f(x) - f(x̃)‖², f the discriminator's features,</item>
/// <item>the generator γ L_like - log D(x̃) - log D(xₚ).</item>
/// </list>
/// </summary>
internal sealed class VaeGanObjective : Objective
{
    private const string D = "d", E = "encoder", G = "g";

    private static readonly Scalar One = 1.0;
    private static readonly Scalar Half = 0.5;

    private readonly Scalar similarity;
    private readonly bool saturating;

    /// <exception cref="ComponentException">The latents are not normal.</exception>
    public VaeGanObjective(VaeGanOptions options, GanModel model)
    {
        if (model.Latent.Parts.FirstOrDefault(part => part is not NormalPart) is { } other)
            throw new ComponentException($"vae-gan compares the encoder with normal latents, but the model's have {other}; take an architecture with a normal latent alone (dcgan-encoder)");
        (similarity, saturating) = (options.Similarity, options.Saturating);
        // As in the paper all three look at one batch. What one draw generates serves the discriminator and, with its graph, the generator.
        Phases =
        [
            new Phase(D, [Roles.Discriminator]),
            new Phase(E, [Roles.Encoder]) { SharesDraw = true },
            new Phase(G, model.Generates) { SharesDraw = true },
        ];
    }

    /// <inheritdoc/>
    public override bool ShowsVerdicts => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var encoding = step.Model.Encode(step.Real.Samples, step.Condition);
        if (encoding.LogVariance is not { } logVariance)
            throw new ComponentException("vae-gan draws latents from the encoder's distribution, but this encoder gives no variance; take an architecture whose encoder does (dcgan-encoder)");
        var reconstructed = step.Model.Generate(encoding.Draw(), step.Condition);
        return phase.Name switch
        {
            D => Discriminator(step, reconstructed),
            E => Encoder(step, NormalDivergence.FromStandard(encoding.Mean, logVariance).mean(), reconstructed),
            _ => Generator(step, reconstructed),
        };
    }

    private static Tensor Discriminator(StepContext step, Tensor reconstructed)
    {
        var (real, again, sampled) = (Verdict(step, step.Real.Samples), Verdict(step, reconstructed), Verdict(step, step.Generated));
        step.Observe(new(real));
        step.Report("real", real.mean());
        step.Report("reconstructed", again.mean());
        step.Report("generated", sampled.mean());
        return Reported(step, BinaryCrossEntropy.Of(real, again).add(BinaryCrossEntropy.AsGenerated(sampled), One));
    }

    private static Tensor Encoder(StepContext step, Tensor divergence, Tensor reconstructed)
    {
        step.Report("divergence", divergence);
        return Reported(step, divergence.add(Unlikeness(step, reconstructed), One));
    }

    private Tensor Generator(StepContext step, Tensor reconstructed)
    {
        var (again, sampled) = (Verdict(step, reconstructed), Verdict(step, step.Generated));
        var game = saturating
            ? BinaryCrossEntropy.AsGenerated(again).add(BinaryCrossEntropy.AsGenerated(sampled), One).neg()
            : BinaryCrossEntropy.AsReal(again).add(BinaryCrossEntropy.AsReal(sampled), One);
        return Reported(step, game.add(Unlikeness(step, reconstructed).mul(similarity), One));
    }

    private static Tensor Verdict(StepContext step, Tensor samples) => step.Model.Discriminate(step.Augment(samples), step.Condition).Logits;

    /// <summary>-log p(f(x) | z) under N(f(x̃), 1) but for its constant: ½ ‖f(x) - f(x̃)‖², summed over features, the mean over the batch. Augmented differently the two could not be compared.</summary>
    private static Tensor Unlikeness(StepContext step, Tensor reconstructed)
    {
        Tensor Features(Tensor samples) => step.Model.Discriminate(samples, step.Condition).Head("features");
        var gap = Features(step.Real.Samples).sub(Features(reconstructed));
        var unlikeness = gap.mul(gap).flatten(1).sum(1).mean().mul(Half);
        step.Report("unlikeness", unlikeness);
        return unlikeness;
    }

    private static Tensor Reported(StepContext step, Tensor loss)
    {
        step.Report("loss", loss);
        return loss;
    }
}
