using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.BiGan;

/// <summary>
/// BiGAN (Donahue, Krähenbühl, Darrell, arXiv:1605.09782; with a stochastic encoder ALI, Dumoulin et al., arXiv:1606.00704). The discriminator tells pairs (x, E(x)) from pairs (G(z), z): it
/// minimises -log D(x, E(x)) - log(1 - D(G(z), z)); generator and encoder together minimise the same with the labels exchanged (section 3.4 of the paper), so that E comes to invert G.
/// </summary>
internal sealed class BiGanObjective : Objective
{
    private const string D = "d", GE = "ge";

    private readonly bool saturating;

    /// <exception cref="ComponentException">The model is conditional, or its discriminator does not look at latents.</exception>
    public BiGanObjective(BiGanOptions options, GanModel model, DataSpec data)
    {
        if (model.Condition is not NoCondition)
            throw new ComponentException($"the discriminator of bigan is given latents, which leaves no room for a condition, and the model is conditioned on {model.Condition}; take an unconditional one (dcgan-bigan)");
        if (!LooksAtLatents(model, data.Sample))
            throw new ComponentException("bigan needs a discriminator of pairs (sample, latent), and this model's says the same whatever the latent is; take an architecture with a joint discriminator (dcgan-bigan)");
        saturating = options.Saturating;
        Phases = [new Phase(D, [Roles.Discriminator]), new Phase(GE, [.. model.Generates, Roles.Encoder]) { SharesDraw = true }];
    }

    /// <inheritdoc/>
    public override bool ShowsVerdicts => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var latent = step.Latent(step.Real.Count);
        var encoded = Verdict(step, step.Real.Samples, step.Model.Encode(step.Real.Samples, null).Draw());
        var generated = Verdict(step, step.Model.Generate(latent, null), latent);
        if (phase.Name == D)
        {
            step.Observe(new(encoded));
            step.Report("encoded", encoded.mean());
            step.Report("generated", generated.mean());
        }
        var loss = phase.Name == D ? BinaryCrossEntropy.Of(encoded, generated)
            : saturating ? BinaryCrossEntropy.Of(encoded, generated).neg()
            : BinaryCrossEntropy.Of(generated, encoded);
        step.Report("loss", loss);
        return loss;
    }

    private static Tensor Verdict(StepContext step, Tensor samples, Tensor latent) => step.Model.Discriminate(step.Augment(samples), latent).Logits;

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
