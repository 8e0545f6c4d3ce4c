namespace PluginGan.TestPlugins;

/// <summary>Small data, small networks and games that stretch the contract, or break it in every way that a plugin can.</summary>
public sealed class GamesPlugin : IGanPlugin
{
    public void Register(IComponentRegistry components)
    {
        components.Dataset<PointsOptions>(
            new("points", "Points of two Gaussians in the plane.") { Samples = [SampleKind.Vector], Conditions = [ConditionKind.None, ConditionKind.Classes] },
            (options, context) => options.Streamed ? new Points(options) : new PointsInMemory(options));
        components.Dataset<EndlessOptions>(
            new("endless", "More vectors than any memory holds, of any size.") { Samples = [SampleKind.Vector] },
            (options, _) => new Endless(options));
        components.Architecture<TinyOptions>(
            new("tiny", "One linear layer each, with batch norm and dropout if asked for.")
            {
                Samples = [SampleKind.Vector],
                ProvidedRoles = [Roles.Generator, Roles.Discriminator],
            },
            (options, spec, _) => new TinyModel(options, spec));
        components.Architecture<NoOptions>(
            new("throws-while-building", "Fails while it builds.") { Samples = [SampleKind.Vector], ProvidedRoles = [Roles.Generator, Roles.Discriminator] },
            (_, _, _) => throw new InvalidOperationException("the weights are on another planet"));
        components.Loss<ThrowingOptions>(
            new("throws-in-the-loop", "Fails at an iteration.") { RequiredRoles = [Roles.Discriminator] },
            (options, _) => new ThrowingLoss(options));
        components.Loss<HangingOptions>(
            new("hangs-in-the-loop", "Does not return at an iteration.") { RequiredRoles = [Roles.Discriminator] },
            (options, _) => new HangingLoss(options));
        components.Loss<NoOptions>(
            new("diverges", "Is not a number from the start.") { RequiredRoles = [Roles.Discriminator] },
            (_, _) => new DivergingLoss());
        components.Loss<NoOptions>(
            new("needs-classes", "A loss for labelled data only.") { RequiredRoles = [Roles.Discriminator], Conditions = [ConditionKind.Classes] },
            (_, _) => new ThrowingLoss(new ThrowingOptions()));
        components.Objective<NoOptions>(
            new("three-networks", "Trains an encoder beside generator and discriminator, in stages.") { RequiredRoles = [Roles.Generator, Roles.Discriminator] },
            (_, model, _) => new ThreeNetworks(model));
        components.Augmentation<NoOptions>(
            new("jitter", "Adds noise of the given strength, and counts how often it saw a verdict."),
            (_, _) => new Jitter());
        components.Optimizer<LionOptions>(
            new("lion", "Steps of the same length for every weight.") { Source = "arXiv:2302.06675" },
            (options, _) => new Lion(options));
        components.Evaluator<NoOptions>(
            new("mean-gap", "The distance between the means of real and generated points.") { Samples = [SampleKind.Vector] },
            (_, _) => new MeanGap());
        components.Evaluator<NoOptions>(
            new("verdict", "What the discriminator says of real points.") { Samples = [SampleKind.Vector], RequiredRoles = [Roles.Discriminator] },
            (_, _) => new Verdict());
    }
}

public sealed class NoOptions;
