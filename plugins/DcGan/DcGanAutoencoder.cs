using static TorchSharp.torch;

namespace PluginGan.Plugins.DcGan;

/// <summary>An encoder to means and variances, and DCGAN's generator as its decoder (as in arXiv:1312.6114 with the networks of arXiv:1511.06434).</summary>
internal sealed class DcGanAutoencoder : ImageModel
{
    private readonly Encoder encoder;

    /// <exception cref="ComponentException">The samples are no images of a size in <see cref="Pyramid"/>, or classes are wanted that the data has not.</exception>
    public DcGanAutoencoder(DcGanAutoencoderOptions options, ModelSpec spec)
        : base("dcgan-autoencoder", options, options.Conditional, [], spec)
    {
        encoder = new Encoder(Pyramid, Images.Channels, options.Latent, ClassCount);
        Networks = new Dictionary<string, nn.Module> { [Roles.Encoder] = encoder, [Roles.Generator] = Generator };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentEncoding Encode(Tensor samples, Tensor? condition) => encoder.Encode(samples, condition);
}
