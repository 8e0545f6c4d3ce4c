namespace PluginGan.Plugins.DcGan;

/// <summary>The deep convolutional GAN for small images.</summary>
public sealed class DcGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<DcGanOptions>(
        new ComponentInfo("dcgan", "Transposed convolutions against strided ones, for square images of 28 to 128 pixels; with classes if asked for.")
        {
            Samples = [SampleKind.Image],
            Conditions = [ConditionKind.None, ConditionKind.Classes],
            ProvidedRoles = [Roles.Generator, Roles.Discriminator],
            Source = "arXiv:1511.06434",
        },
        (options, spec, _) => new DcGanModel(options, spec));
}
