namespace PluginGan.Plugins.StyleGan;

/// <summary>StyleGAN2's networks at small sizes.</summary>
public sealed class StyleGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<StyleGanOptions>(
        new ComponentInfo("style-gan", "StyleGAN2's networks for square images of 28 to 128 pixels: a mapping network, convolutions modulated by style, noise; with classes if asked for.")
        {
            Samples = [SampleKind.Image],
            Conditions = [ConditionKind.None, ConditionKind.Classes],
            ProvidedRoles = [Roles.Mapping, Roles.Generator, Roles.Discriminator],
            Provides = [Capabilities.Latent, Capabilities.NormalLatent, Capabilities.Noise, Capabilities.Features, Capabilities.SampleFeatures, Capabilities.Styles],
            Effects =
            [
                new(new OptionIs("conditional", "true")) { Conditions = [ConditionKind.Classes], Provides = [Capabilities.ClassCondition] },
                new(new OptionIs("conditional", "false")) { Provides = [Capabilities.Unconditional] },
            ],
            Source = "arXiv:1912.04958",
        },
        (options, spec, _) => new StyleGanModel(options, spec));
}
