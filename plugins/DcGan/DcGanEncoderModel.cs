using static TorchSharp.torch;

namespace PluginGan.Plugins.DcGan;

/// <summary>DCGAN (arXiv:1511.06434) with an encoder to means and variances beside it: VAE-GAN (arXiv:1512.09300), f-AnoGAN (doi:10.1016/j.media.2019.01.010).</summary>
internal sealed class DcGanEncoderModel : AdversarialModel
{
    private readonly Encoder encoder;

    /// <exception cref="ComponentException">The samples are no images of a size in <see cref="Pyramid"/>, or classes are wanted that the data has not.</exception>
    public DcGanEncoderModel(DcGanEncoderOptions options, ModelSpec spec)
        : base("dcgan-encoder", options, [], spec)
    {
        encoder = new Encoder(Pyramid, Images.Channels, options.Latent, ClassCount);
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = Generator, [Roles.Discriminator] = Discriminator, [Roles.Encoder] = encoder };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentEncoding Encode(Tensor samples, Tensor? condition) => encoder.Encode(samples, condition);
}
