using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Plugins.AcGan;

/// <summary>
/// AC-GAN (Odena, Olah, Shlens, arXiv:1610.09585): a class-conditional generator against a discriminator that says the class as well, by a classifier on its features. Discriminator and classifier
/// maximise L_S + L_C, the generator L_C - L_S (here -log D(G) for its part of L_S), where L_S is the log-likelihood of the right source and L_C that of the right class, of real and generated samples.
/// </summary>
internal sealed class AcGanObjective : Objective
{
    private const string D = "d", G = "g", Classifier = "classifier";

    private static readonly Scalar One = 1.0;

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
        Phases = [new Phase(D, [Roles.Discriminator, Classifier]), new Phase(G, model.Generates) { SharesDraw = true }];
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override bool ShowsVerdicts => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var fake = step.Model.Discriminate(step.Augment(step.Generated), step.Condition);
        var classes = Classes(step, "generated-classes", fake);
        if (phase.Name == G)
            return Reported(step, BinaryCrossEntropy.AsReal(fake.Logits), classes);
        var real = step.Model.Discriminate(step.Augment(step.Real.Samples), step.Condition);
        step.Observe(real);
        return Reported(step, BinaryCrossEntropy.Of(real.Logits, fake.Logits), classes.add(Classes(step, "real-classes", real), One));
    }

    /// <summary>The cross-entropy of the classes, -log P(C = c | x), the mean over the batch.</summary>
    private Tensor Classes(StepContext step, string name, DiscriminatorOutput verdict)
    {
        var entropy = nn.functional.cross_entropy(classifier.call(verdict.Head("features")), step.Condition!);
        step.Report(name, entropy);
        return entropy;
    }

    private Tensor Reported(StepContext step, Tensor game, Tensor classes)
    {
        step.Report("loss", game);
        return game.add(classes.mul(weight), One);
    }
}
