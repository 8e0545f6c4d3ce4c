namespace PluginGan.Plugins.Mlp;

/// <summary>Fully connected networks, as the literature on mixtures and the first GANs use them.</summary>
public sealed class MlpPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<MlpOptions>(
        new ComponentInfo("mlp", "Fully connected networks of any widths, with batch norm and maxout if asked for, for points and small images.")
        {
            Samples = [SampleKind.Vector, SampleKind.Image],
            Conditions = [ConditionKind.None, ConditionKind.Classes],
            ProvidedRoles = [Roles.Generator, Roles.Discriminator],
            Provides = [Capabilities.Features],
            // The latent may be empty by its options.
            Requires = [Capabilities.Latent],
            Effects =
            [
                new(new OptionIs("conditional", "true")) { Conditions = [ConditionKind.Classes], Provides = [Capabilities.ClassCondition] },
                new(new OptionIs("conditional", "false")) { Provides = [Capabilities.Unconditional] },
                new(new OptionIs("categorical", "0") { Not = true }) { Provides = [Capabilities.Codes, Capabilities.Latent] },
                new(new OptionIs("continuous", "0") { Not = true }) { Provides = [Capabilities.Codes, Capabilities.Latent] },
                new(new OptionIs("latent", "0") { Not = true }) { Provides = [Capabilities.Latent] },
                // The first part of the latent is the noise, where there is any.
                new(new OptionIs("latentDistribution", "normal"), new OptionIs("latent", "0") { Not = true }) { Provides = [Capabilities.Noise] },
                new(new OptionIs("latent", "0"), new OptionIs("categorical", "0") { Not = true }) { Provides = [Capabilities.Noise] },
            ],
            Source = "arXiv:1406.2661",
        },
        (options, spec, _) => new MlpModel(options, spec));
}
