using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.VaeGan;

/// <summary>
/// Autoencoding beyond pixels using a learned similarity metric (Larsen et al., arXiv:1512.09300), its algorithm 1. With x̃ the reconstruction of x through the encoder, and xₚ a sample from the prior:
/// <list type="bullet">
/// <item>discriminator and generator play the recipe's loss on two pairs, (x, x̃) and (x, xₚ): with the paper's loss, -2 log D(x) - log(1 - D(x̃)) - log(1 - D(xₚ)). The paper counts the real samples once, which
/// tells the discriminator that two of three samples are generated; here it sees as many of either kind, whatever the loss;</item>
/// <item>the encoder minimises L_prior + L_like: KL(q(z | x) ‖ N(0, 1)) plus ½ ‖f(x) - f(x̃)‖², f the discriminator's features,</item>
/// <item>the generator also γ L_like.</item>
/// </list>
/// </summary>
internal sealed class VaeGanObjective : Objective
{
    private readonly Scalar similarity;

    /// <exception cref="ComponentException">The latents are not normal.</exception>
    public VaeGanObjective(VaeGanOptions options, GanModel model)
    {
        if (model.Latent.Parts.FirstOrDefault(part => part is not NormalPart) is { } other)
            throw new ComponentException($"vae-gan compares the encoder with normal latents, but the model's have {other}; take an architecture with a normal latent alone (dcgan-encoder)");
        similarity = options.Similarity;
        // As in the paper all three look at one batch. What one draw generates serves the discriminator and, with its graph, the generator.
        Phases =
        [
            new Phase("d", [Roles.Discriminator]) { Side = Side.Discriminator },
            new Phase("encoder", [Roles.Encoder]) { SharesDraw = true },
            new Phase("g", model.Generates) { Side = Side.Generator, SharesDraw = true },
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Pair> Pairs(Side side, StepContext step) => Pairs(step, () => Reconstructed(step, Encoded(step)));

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var encoding = Encoded(step);
        var reconstructed = Reconstructed(step, encoding);
        if (phase.Side is null)
            return Encoder(step, NormalDivergence.FromStandard(encoding.Mean, encoding.LogVariance!).mean(), reconstructed);
        var game = step.Adversarial(Pairs(step, () => reconstructed));
        return phase.Side == Side.Discriminator ? game.Loss : game.Plus(Unlikeness(step, reconstructed), similarity);
    }

    private static Pair[] Pairs(StepContext step, Func<Tensor> reconstructed)
    {
        Candidates Under(Tensor samples) => new(samples, step.Condition);
        return
        [
            new(() => Under(step.Real.Samples), () => Under(reconstructed()), step.Model.Discriminate),
            new(() => Under(step.Real.Samples), () => Under(step.Generated), step.Model.Discriminate) { Name = "sampled" },
        ];
    }

    private static LatentEncoding Encoded(StepContext step)
    {
        var encoding = step.Model.Encode(step.Real.Samples, step.Condition);
        return encoding.LogVariance is not null
            ? encoding
            : throw new ComponentException("vae-gan draws latents from the encoder's distribution, but this encoder gives no variance; take an architecture whose encoder does (dcgan-encoder)");
    }

    private static Tensor Reconstructed(StepContext step, LatentEncoding encoding) => step.Model.Generate(encoding.Draw(), step.Condition);

    private static Tensor Encoder(StepContext step, Tensor divergence, Tensor reconstructed)
    {
        step.Report("divergence", divergence);
        var loss = divergence.add(Unlikeness(step, reconstructed), One);
        step.Report("loss", loss);
        return loss;
    }

    /// <summary>-log p(f(x) | z) under N(f(x̃), 1) but for its constant: ½ ‖f(x) - f(x̃)‖², summed over features, the mean over the batch. Augmented differently the two could not be compared.</summary>
    private static Tensor Unlikeness(StepContext step, Tensor reconstructed)
    {
        Tensor Features(Tensor samples) => step.Model.Discriminate(samples, step.Condition).Features;
        var gap = Features(step.Real.Samples).sub(Features(reconstructed));
        var unlikeness = gap.mul(gap).flatten(1).sum(1).mean().mul(Scalars.Half);
        step.Report("unlikeness", unlikeness);
        return unlikeness;
    }
}
