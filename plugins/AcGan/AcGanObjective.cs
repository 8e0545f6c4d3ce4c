using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.AcGan;

/// <summary>
/// AC-GAN (Odena, Olah, Shlens, arXiv:1610.09585): a class-conditional generator against a discriminator that says the class as well, by a classifier on its features. Discriminator and classifier
/// maximise L_S + L_C, the generator L_C - L_S, where L_S is the log-likelihood of the right source (here the recipe's loss) and L_C that of the right class, of real and generated samples.
/// </summary>
internal sealed class AcGanObjective : Objective
{
    private const string Classifier = "classifier";

    private readonly Scalar weight;
    private readonly Linear classifier;

    /// <exception cref="ComponentException">The model takes no classes, or its discriminator has no features or those of a sample with its class.</exception>
    public AcGanObjective(AcGanOptions options, GanModel model, DataSpec data)
    {
        if (model.Condition is not ClassCondition classes)
            throw new ComponentException($"ac-gan asks for samples of a class, but the model is conditioned on {model.Condition}; set 'conditional' of the architecture (dcgan), and 'projection' to false");
        if (DiscriminatorFeatures.SeeTheClass(model, data))
            throw new ComponentException("ac-gan tells the class from the discriminator's features, but this discriminator puts the class that it is given into them (mlp with 'conditional'); take an architecture whose features come from the sample alone (dcgan)");
        weight = options.Classes;
        classifier = nn.Linear(DiscriminatorFeatures.Count("ac-gan", model, data), classes.Count);
        Networks = new Dictionary<string, nn.Module> { [Classifier] = classifier };
        Phases =
        [
            new Phase("d", [Roles.Discriminator, Classifier]) { Side = Side.Discriminator },
            new Phase("g", model.Generates) { Side = Side.Generator, SharesDraw = true },
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var game = step.Adversarial();
        var classes = Classes(step, "generated-classes", game.Fake);
        return game.Plus(phase.Side == Side.Generator ? classes : classes.add(Classes(step, "real-classes", game.Real), One), weight);
    }

    /// <summary>The cross-entropy of the classes, -log P(C = c | x), the mean over the batch.</summary>
    private Tensor Classes(StepContext step, string name, Verdict verdict)
    {
        var entropy = nn.functional.cross_entropy(classifier.call(verdict.Output.Features), step.Condition!);
        step.Report(name, entropy);
        return entropy;
    }
}
