namespace PluginGan.Plugins.DcGan;

/// <summary>Deep convolutional networks for small images: as a GAN, as an autoencoder, and as both together.</summary>
public sealed class DcGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Architecture<DcGanOptions>(
            Info("dcgan", "Transposed convolutions against strided ones, for square images of 28 to 128 pixels; with classes if asked for.", "arXiv:1511.06434", Roles.Generator, Roles.Discriminator) with
            {
                Provides = [Capabilities.Latent, Capabilities.Noise, Capabilities.Features, Capabilities.SampleFeatures],
                Effects =
                [
                    .. Classes,
                    new(new OptionIs("categorical", "0") { Not = true }) { Provides = [Capabilities.Codes] },
                    new(new OptionIs("continuous", "0") { Not = true }) { Provides = [Capabilities.Codes] },
                ],
            },
            (options, spec, _) => new DcGanModel(options, spec));
        components.Architecture<DcGanAutoencoderOptions>(
            Info("dcgan-autoencoder", "An encoder to means and variances with dcgan's generator as decoder; with classes if asked for.", "arXiv:1312.6114", Roles.Encoder, Roles.Generator) with
            {
                Provides = [.. Normal, Capabilities.EncoderVariance],
                Effects = Classes,
            },
            (options, spec, _) => new DcGanAutoencoder(options, spec));
        components.Architecture<DcGanEncoderOptions>(
            Info("dcgan-encoder", "dcgan with an encoder beside it; with classes if asked for.", "arXiv:1512.09300", Roles.Generator, Roles.Discriminator, Roles.Encoder) with
            {
                Provides = [.. Normal, Capabilities.EncoderVariance, Capabilities.Features, Capabilities.SampleFeatures],
                Effects = Classes,
            },
            (options, spec, _) => new DcGanEncoderModel(options, spec));
        components.Architecture<DcGanBiGanOptions>(
            Info("dcgan-bigan", "dcgan's generator, an encoder, and a discriminator of pairs of image and latent.", "arXiv:1605.09782", Roles.Generator, Roles.Encoder, Roles.Discriminator) with
            {
                Conditions = [],
                Provides = [.. Normal, Capabilities.Unconditional, Capabilities.Features, Capabilities.PairDiscriminator],
                Requires = [Capabilities.PairGame],
                Effects = [new(new OptionIs("stochastic", "true")) { Provides = [Capabilities.EncoderVariance] }],
            },
            (options, spec, _) => new DcGanBiGan(options, spec));
    }

    private static string[] Normal { get; } = [Capabilities.Latent, Capabilities.NormalLatent, Capabilities.Noise];

    private static OptionEffect[] Classes { get; } =
    [
        new(new OptionIs("conditional", "true")) { Conditions = [ConditionKind.Classes], Provides = [Capabilities.ClassCondition] },
        new(new OptionIs("conditional", "false")) { Provides = [Capabilities.Unconditional] },
    ];

    private static ComponentInfo Info(string name, string summary, string source, params string[] roles) => new(name, summary)
    {
        Samples = [SampleKind.Image],
        Conditions = [ConditionKind.None, ConditionKind.Classes],
        ProvidedRoles = roles,
        Source = source,
    };
}
