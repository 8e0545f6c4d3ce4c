namespace PluginGan.Plugins.DcGan;

/// <summary>Deep convolutional networks for small images: as a GAN, as an autoencoder, and as both together.</summary>
public sealed class DcGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Architecture<DcGanOptions>(
            Info("dcgan", "Transposed convolutions against strided ones, for square images of 28 to 128 pixels; with classes if asked for.", "arXiv:1511.06434", Roles.Generator, Roles.Discriminator),
            (options, spec, _) => new DcGanModel(options, spec));
        components.Architecture<DcGanAutoencoderOptions>(
            Info("dcgan-autoencoder", "An encoder to means and variances with dcgan's generator as decoder; with classes if asked for.", "arXiv:1312.6114", Roles.Encoder, Roles.Generator),
            (options, spec, _) => new DcGanAutoencoder(options, spec));
        components.Architecture<DcGanEncoderOptions>(
            Info("dcgan-encoder", "dcgan with an encoder beside it; with classes if asked for.", "arXiv:1512.09300", Roles.Generator, Roles.Discriminator, Roles.Encoder),
            (options, spec, _) => new DcGanEncoderModel(options, spec));
        components.Architecture<DcGanBiGanOptions>(
            Info("dcgan-bigan", "dcgan's generator, an encoder, and a discriminator of pairs of image and latent.", "arXiv:1605.09782", Roles.Generator, Roles.Encoder, Roles.Discriminator) with { Conditions = [] },
            (options, spec, _) => new DcGanBiGan(options, spec));
    }

    private static ComponentInfo Info(string name, string summary, string source, params string[] roles) => new(name, summary)
    {
        Samples = [SampleKind.Image],
        Conditions = [ConditionKind.None, ConditionKind.Classes],
        ProvidedRoles = roles,
        Source = source,
    };
}
