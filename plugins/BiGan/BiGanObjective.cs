using static TorchSharp.torch;

namespace PluginGan.Plugins.BiGan;

/// <summary>
/// BiGAN (Donahue, Krähenbühl, Darrell, arXiv:1605.09782; with a stochastic encoder ALI, Dumoulin et al., arXiv:1606.00704). The discriminator tells pairs (x, E(x)) from pairs (G(z), z): it
/// minimises the recipe's loss, in the paper -log D(x, E(x)) - log(1 - D(G(z), z)); generator and encoder together minimise the same with the labels exchanged (section 3.4 of the paper), so that E comes to
/// invert G.
/// </summary>
internal sealed class BiGanObjective : Objective
{
    /// <exception cref="ComponentException">The model is conditional, or its discriminator does not look at latents.</exception>
    public BiGanObjective(GanModel model, DataSpec data)
    {
        if (model.Condition is not NoCondition)
            throw new ComponentException($"the discriminator of bigan is given latents, which leaves no room for a condition, and the model is conditioned on {model.Condition}; take an unconditional one (dcgan-bigan)");
        if (!LooksAtLatents(model, data.Sample))
            throw new ComponentException("bigan needs a discriminator of pairs (sample, latent), and this model's says the same whatever the latent is; take an architecture with a joint discriminator (dcgan-bigan)");
        Phases =
        [
            new Phase("d", [Roles.Discriminator]) { Side = Side.Discriminator },
            new Phase("ge", [.. model.Generates, Roles.Encoder]) { Side = Side.Generator, SharesDraw = true },
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Pair> Pairs(Side side, StepContext step)
    {
        var latent = step.Latent(step.Real.Count);
        return
        [
            new(
                () => new(step.Real.Samples, step.Model.Encode(step.Real.Samples, null).Draw()),
                () => new(step.Model.Generate(latent, null), latent),
                step.Model.Discriminate) { RealIsLearned = true },
        ];
    }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step) => step.Adversarial().Loss;

    /// <summary>Whether two latents beside one sample are judged differently. In evaluation mode, which changes nothing.</summary>
    private static bool LooksAtLatents(GanModel model, SampleSpec sample)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var discriminator = model.Networks[Roles.Discriminator];
        discriminator.eval();
        try
        {
            var latents = cat([zeros(1, model.Latent.Size), ones(1, model.Latent.Size)]);
            var logits = model.Discriminate(zeros([2, .. sample.Shape]), latents).Logits;
            return logits[0].ne(logits[1]).any().item<bool>();
        }
        finally
        {
            discriminator.train();
        }
    }
}
