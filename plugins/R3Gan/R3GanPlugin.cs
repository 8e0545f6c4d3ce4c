namespace PluginGan.Plugins.R3Gan;

/// <summary>The networks of R3GAN.</summary>
public sealed class R3GanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<R3GanOptions>(
        new ComponentInfo("r3gan", "Grouped residual networks without normalisation, for square images of 28 to 128 pixels; made for the loss relativistic with r1 and r2.")
        {
            Samples = [SampleKind.Image],
            Conditions = [ConditionKind.None, ConditionKind.Classes],
            ProvidedRoles = [Roles.Generator, Roles.Discriminator],
            Provides = [Capabilities.Latent, Capabilities.NormalLatent, Capabilities.Noise, Capabilities.Features, Capabilities.SampleFeatures],
            Effects =
            [
                new(new OptionIs("conditional", "true")) { Conditions = [ConditionKind.Classes], Provides = [Capabilities.ClassCondition] },
                new(new OptionIs("conditional", "false")) { Provides = [Capabilities.Unconditional] },
            ],
            Source = "arXiv:2501.05441",
        },
        (options, spec, _) => new R3GanModel(options, spec));
}
