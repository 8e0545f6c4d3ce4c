using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.InfoGan;

/// <summary>
/// InfoGAN (Chen et al., arXiv:1606.03657): beside the usual game the generator is to make samples that tell the codes they were made from. A network Q on the discriminator's features
/// recognises them; discriminator and Q minimise the recipe's loss less λ L_I, and so does the generator, where L_I bounds the mutual information (<see cref="Codes"/>).
/// Q is trained with the discriminator, whose layers it shares, as in the authors' code.
/// </summary>
internal sealed class InfoGanObjective : Objective
{
    private const string Q = "recogniser";

    // As in the appendix of the paper.
    private const double Slope = 0.1;

    private readonly Codes codes;
    private readonly Sequential recogniser;
    private readonly Scalar categorical;
    private readonly Scalar continuous;

    /// <exception cref="ComponentException">The latent has no codes or uniform noise, or the discriminator no features.</exception>
    public InfoGanObjective(InfoGanOptions options, GanModel model, DataSpec data)
    {
        codes = new Codes(model.Latent);
        if (model.Latent.Parts is [UniformPart, ..])
            throw new ComponentException("infogan takes uniform values of the latent for codes, but this model's noise, the first part of it, is uniform; draw it from a normal distribution ('latentDistribution' of mlp)");
        if (codes.Size == 0)
            throw new ComponentException("infogan needs latents with a code, categorical or uniform, and this model's have none; set 'categorical' or 'continuous' of the architecture (dcgan)");
        (categorical, continuous) = (options.Categorical, options.Continuous);
        recogniser = nn.Sequential(
            ("hidden", nn.Linear(DiscriminatorFeatures.Count("infogan", model, data), options.Hidden, hasBias: false)),
            ("norm", nn.BatchNorm1d(options.Hidden)),
            ("activation", new LeakyRelu(Slope)),
            ("codes", nn.Linear(options.Hidden, codes.Size)));
        Networks = new Dictionary<string, nn.Module> { [Q] = recogniser };
        Phases =
        [
            new Phase("d", [Roles.Discriminator, Q]) { Side = Side.Discriminator },
            new Phase("g", model.Generates) { Side = Side.Generator, SharesDraw = true },
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Pair> Pairs(Side side, StepContext step) => [Pair(step, step.Latent(step.Real.Count))];

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var latent = step.Latent(step.Real.Count);
        var game = step.Adversarial(Pair(step, latent));
        return game.Plus(Information(step, latent, recogniser.call(game.Fake.Output.Features)).neg());
    }

    private static Pair Pair(StepContext step, Tensor latent) =>
        new(() => new(step.Real.Samples, step.Condition), () => new(step.Model.Generate(latent, step.Condition), step.Condition), step.Model.Discriminate);

    /// <summary>λ L_I; what is reported is the bound itself.</summary>
    private Tensor Information(StepContext step, Tensor latent, Tensor guess)
    {
        var (categories, values) = (codes.Categorical(latent, guess), codes.Continuous(latent, guess));
        if (categories is not null)
            step.Report("categorical-information", categories);
        if (values is not null)
            step.Report("continuous-information", values);
        var (left, right) = (categories?.mul(categorical), values?.mul(continuous));
        return left is null ? right! : right is null ? left : left.add(right, One);
    }
}
