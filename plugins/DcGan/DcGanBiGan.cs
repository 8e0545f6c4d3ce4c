using static TorchSharp.torch;

namespace PluginGan.Plugins.DcGan;

/// <summary>
/// Generator, encoder and a discriminator of pairs (BiGAN, Donahue, Krähenbühl, Darrell, arXiv:1605.09782). <see cref="Discriminate"/> takes the latents [N, L] as its
/// condition: an image with the latent that the encoder finds for it, or a latent with the image that is generated from it.
/// </summary>
internal sealed class DcGanBiGan : ImageModel
{
    private readonly Encoder encoder;
    private readonly JointDiscriminator discriminator;

    /// <exception cref="ComponentException">The samples are no images of a size in <see cref="Pyramid"/>, or are packed.</exception>
    public DcGanBiGan(DcGanBiGanOptions options, ModelSpec spec)
        : base("dcgan-bigan", options, conditional: false, [], spec)
    {
        if (spec.Pack > 1)
            throw new ComponentException($"the discriminator of dcgan-bigan judges pairs of one image and one latent, but training.pack is {spec.Pack}; set it to 1");
        encoder = new Encoder(Pyramid, Images.Channels, options.Latent, classCount: null, options.Stochastic);
        discriminator = new JointDiscriminator(Pyramid, Images.Channels, options);
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = Generator, [Roles.Encoder] = encoder, [Roles.Discriminator] = discriminator };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentEncoding Encode(Tensor samples, Tensor? condition) => encoder.Encode(samples, null);

    /// <summary>Judges pairs.</summary>
    /// <param name="samples">Images, [N, C, H, W].</param>
    /// <param name="condition">The latent of each image, [N, L].</param>
    /// <exception cref="ComponentException">There are no latents.</exception>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
    {
        if (condition is null)
            throw new ComponentException("the discriminator of dcgan-bigan judges pairs of an image and a latent, which only the objective 'bigan' makes, and not images alone; "
                + "to train it, name that objective in the recipe; the architecture 'dcgan' judges images");
        var features = discriminator.Features(samples, condition);
        return new DiscriminatorOutput(discriminator.Logits(features), features);
    }
}
