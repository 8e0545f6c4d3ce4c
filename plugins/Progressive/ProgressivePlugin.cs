namespace PluginGan.Plugins.Progressive;

/// <summary>Progressive growing.</summary>
public sealed class ProgressivePlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<ProgressiveOptions>(
        new ComponentInfo("progressive", "Networks that grow from 4 or 7 pixels to square images of 28 to 128 in the course of the run; with classes if asked for.")
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
            Source = "arXiv:1710.10196",
        },
        (options, spec, _) => new ProgressiveModel(options, spec));
}
