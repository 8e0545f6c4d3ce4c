using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CycleGan;

/// <summary>
/// CycleGAN (arXiv:1703.10593), from the conditions x to the samples y. Generators G: x → y and F: y → x minimise, by equations 2 and 3 with least squares as in section 4,
/// E(D(G(x)) − 1)² + E(D′(F(y)) − 1)² + λ (E|F(G(x)) − x| + E|G(F(y)) − y|), all norms as means over values, and the discriminators ½ (E(D(y) − 1)² + E D(G(x))²) each, where what was generated has gone
/// through an <see cref="ImagePool"/>. With the identity term (section 5.2) the generators also minimise λ·identity (E|G(y) − y| + E|F(x) − x|).
/// </summary>
internal sealed class CycleGanObjective : Objective
{
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Half = 0.5;

    private readonly Scalar cycleWeight;
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
        cycleWeight = options.Cycle;
        identityWeight = options.Identity > 0 ? options.Cycle * options.Identity : null;
        (inverseGenerator, inverseDiscriminator) = (model.Inverse(TranslationRoles.InverseGenerator), model.Inverse(TranslationRoles.InverseDiscriminator));
        pools = options.Pool > 0 ? new ImagePools(options.Pool, data.Sample, source) : null;
    }

    /// <summary>The pools.</summary>
    public override nn.Module? State => pools;

    /// <inheritdoc/>
    public override bool ShowsVerdicts => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; } =
    [
        new("g", [Roles.Generator, TranslationRoles.InverseGenerator]),
        new("d", [Roles.Discriminator, TranslationRoles.InverseDiscriminator]) { SharesDraw = true },
    ];

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var loss = phase.Name == "g" ? Generators(step) : Discriminators(step);
        step.Report("loss", loss);
        return loss;
    }

    private Tensor Generators(StepContext step)
    {
        var (x, y) = (step.Condition!, step.Real.Samples);
        var (target, source) = (step.Generated, inverseGenerator.call(y));
        // Each micro-batch has its own.
        step.Keep($"target/{step.Micro}", target);
        step.Keep($"source/{step.Micro}", source);

        var adversarial = FromOne(Judge(step, target)).add(FromOne(JudgeSource(step, source)), One);
        var cycle = nn.functional.l1_loss(inverseGenerator.call(target), x).add(nn.functional.l1_loss(step.Model.Generate(step.Latent(y.shape[0]), source), y), One);
        step.Report("adversarial", adversarial);
        step.Report("cycle", cycle);
        var loss = adversarial.add(cycle, cycleWeight);
        if (identityWeight is null)
            return loss;
        var identity = nn.functional.l1_loss(step.Model.Generate(step.Latent(y.shape[0]), y), y).add(nn.functional.l1_loss(inverseGenerator.call(x), x), One);
        step.Report("identity", identity);
        return loss.add(identity, identityWeight);
    }

    private Tensor Discriminators(StepContext step)
    {
        var (target, source) = (Pooled(pools?.Targets, step.Kept($"target/{step.Micro}")!), Pooled(pools?.Sources, step.Kept($"source/{step.Micro}")!));
        var (real, fake) = (Judge(step, step.Real.Samples), Judge(step, target));
        // Undecided is half way between the targets.
        step.Observe(new(real.sub(Half)));
        step.Report("real", real.mean());
        step.Report("fake", fake.mean());
        return Game(real, fake).add(Game(JudgeSource(step, step.Condition!), JudgeSource(step, source)), One);
    }

    private static Tensor Pooled(ImagePool? pool, Tensor images) => pool?.Exchange(images) ?? images;

    private static Tensor Judge(StepContext step, Tensor targets) => step.Model.Discriminate(step.Augment(targets), step.Condition).Logits;

    // As an output of a discriminator, for what it does to 16-bit logits.
    private Tensor JudgeSource(StepContext step, Tensor sources) => new DiscriminatorOutput(inverseDiscriminator.call(step.Augment(sources))).Logits;

    // Half the sum, "which slows down the rate at which D learns relative to G" (appendix 7.1).
    private static Tensor Game(Tensor real, Tensor fake) => FromOne(real).add(fake.mul(fake).mean(), One).mul(Half);

    private static Tensor FromOne(Tensor logits)
    {
        var gap = logits.sub(One);
        return gap.mul(gap).mean();
    }
}
