namespace PluginGan.Plugins.ResNet;

/// <summary>The residual networks of SNGAN, with SAGAN's attention if asked for.</summary>
public sealed class ResNetPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<ResNetOptions>(
        new ComponentInfo("resnet", "Residual networks with spectral normalisation, for square images of 28 to 128 pixels; with classes and self-attention if asked for.")
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
            Source = "arXiv:1802.05957",
        },
        (options, spec, _) => new ResNetModel(options, spec));
}
