using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CycleGan;

/// <summary>
/// CycleGAN (arXiv:1703.10593), from the conditions x to the samples y. Generators G: x → y and F: y → x minimise, by equations 2 and 3, the
/// recipe's loss on both directions (least squares in section 4, with weight 2) + λ (E|F(G(x)) − x| + E|G(F(y)) − y|), all norms as means over values, and the discriminators D and D′ that loss each, where what
/// was generated has gone through an <see cref="ImagePool"/>. With the identity term (section 5.2) the generators also minimise λ·identity (E|G(y) − y| + E|F(x) − x|).
/// </summary>
internal sealed class CycleGanObjective : Objective
{
    private readonly Scalar cycleWeight, adversarialWeight;
    private readonly Scalar? identityWeight;
    private readonly nn.Module<Tensor, Tensor> inverseGenerator;
    private readonly nn.Module<Tensor, Tensor> inverseDiscriminator;
    private readonly ImagePools? pools;

    /// <exception cref="ComponentException">The model's networks cannot be called as those roles are, or the identity term is asked for between unlike domains.</exception>
    public CycleGanObjective(CycleGanObjectiveOptions options, GanModel model, DataSpec data)
    {
        if (model.Condition is not SampleCondition { Sample: var source })
            throw new ComponentException($"cyclegan trains models that turn samples into samples, but this one takes {model.Condition}");
        if (options.Identity > 0 && !source.Shape.SequenceEqual(data.Sample.Shape))
            throw new ComponentException($"the identity term needs domains of one form, but the data goes from {source} to {data.Sample}: set 'identity' to 0");
        (cycleWeight, adversarialWeight) = (options.Cycle, options.Adversarial);
        identityWeight = options.Identity > 0 ? options.Cycle * options.Identity : null;
        (inverseGenerator, inverseDiscriminator) = (model.Inverse(TranslationRoles.InverseGenerator), model.Inverse(TranslationRoles.InverseDiscriminator));
        pools = options.Pool > 0 ? new ImagePools(options.Pool, data.Sample, source) : null;
    }

    /// <summary>The pools.</summary>
    public override nn.Module? State => pools;

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; } =
    [
        new("g", [Roles.Generator, TranslationRoles.InverseGenerator]) { Side = Side.Generator },
        new("d", [Roles.Discriminator, TranslationRoles.InverseDiscriminator]) { Side = Side.Discriminator, SharesDraw = true },
    ];

    /// <summary>Both directions, with what the networks make now.</summary>
    public override IReadOnlyList<Pair> Pairs(Side side, StepContext step) => Pairs(step, () => step.Generated, () => inverseGenerator.call(step.Real.Samples));

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step) => phase.Side == Side.Generator ? Generators(step) : Discriminators(step);

    private Tensor Generators(StepContext step)
    {
        var (x, y) = (step.Condition!, step.Real.Samples);
        var (target, source) = (step.Generated, inverseGenerator.call(y));
        // Each micro-batch has its own.
        step.Keep($"target/{step.Micro}", target);
        step.Keep($"source/{step.Micro}", source);

        var game = step.Adversarial(Pairs(step, () => target, () => source, adversarialWeight));
        var cycle = nn.functional.l1_loss(inverseGenerator.call(target), x).add(nn.functional.l1_loss(step.Model.Generate(step.Latent(y.shape[0]), source), y), One);
        step.Report("cycle", cycle);
        var loss = game.Plus(cycle, cycleWeight);
        if (identityWeight is null)
            return loss;
        var identity = nn.functional.l1_loss(step.Model.Generate(step.Latent(y.shape[0]), y), y).add(nn.functional.l1_loss(inverseGenerator.call(x), x), One);
        step.Report("identity", identity);
        return loss.add(identity, identityWeight);
    }

    private Tensor? Discriminators(StepContext step)
    {
        // What the generators' update has made serves the first of several updates; the others have batches of their own.
        if (step.Repeat > 0)
            return step.Adversarial().Loss;
        var (target, source) = (Pooled(pools?.Targets, step.Kept($"target/{step.Micro}")!), Pooled(pools?.Sources, step.Kept($"source/{step.Micro}")!));
        return step.Adversarial(Pairs(step, () => target, () => source)).Loss;
    }

    private Pair[] Pairs(StepContext step, Func<Tensor> target, Func<Tensor> source, Scalar? weight = null) =>
    [
        new(() => new(step.Real.Samples, step.Condition), () => new(target(), step.Condition), step.Model.Discriminate) { Weight = weight },
        new(() => new(step.Condition!), () => new(source()), (samples, _) => new(inverseDiscriminator.call(samples))) { Name = "source", Weight = weight },
    ];

    private static Tensor Pooled(ImagePool? pool, Tensor images) => pool?.Exchange(images) ?? images;
}
