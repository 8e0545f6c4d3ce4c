using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Pix2Pix;

/// <summary>
/// pix2pix (Isola et al., arXiv:1611.07004): a generator that turns one image into another, and a discriminator that sees both and judges patches. There is no latent: dropout is the noise. It is active while
/// training; the paper leaves it active for testing too, and normalises by the statistics of the test batch, where here evaluation mode makes a translation depend on its source alone.
/// </summary>
internal sealed class Pix2PixModel : GanModel
{
    private readonly UNet generator;
    private readonly PatchDiscriminator discriminator;

    /// <exception cref="ComponentException">The data is no pair of images of one size, or the size does not allow the depths.</exception>
    public Pix2PixModel(Pix2PixOptions options, ModelSpec spec)
    {
        if (spec.Data is not { Sample: ImageSpec target, Condition: SampleCondition { Sample: ImageSpec source } })
        {
            throw new ComponentException($"pix2pix turns images into images, but the data is {spec.Data.Sample} with {spec.Data.Condition}; "
                + "the dataset 'paired' makes pairs of any images");
        }
        if ((source.Height, source.Width) != (target.Height, target.Width))
            throw new ComponentException($"pix2pix keeps the size of an image, but the data goes from {source.Width}×{source.Height} to {target.Width}×{target.Height}: resize one of them");
        var side = Math.Min(target.Height, target.Width);
        CheckDepth("depth", options.Depth, (int)Math.Log2(side), target);
        CheckDepth("discriminatorDepth", options.DiscriminatorDepth, PatchDiscriminator.LargestDepth(side), target);

        Condition = spec.Data.Condition;
        generator = new UNet(source, target.Channels, options);
        discriminator = new PatchDiscriminator(spec.Pack * (source.Channels + target.Channels), options.Width, options.DiscriminatorDepth, channels => nn.BatchNorm2d(channels));
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; } = new([]);

    /// <inheritdoc/>
    public override ConditionSpec Condition { get; }

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(Source(condition));

    /// <summary>Judges targets [N, P·C, H, W], P packed together, beside their sources [N·P, S, H, W]: logits [N, 1, h, w], one for each patch.</summary>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
    {
        var shape = samples.shape;
        return new DiscriminatorOutput(discriminator.call(cat([Source(condition).reshape(shape[0], -1, shape[2], shape[3]), samples], dim: 1)));
    }

    private static Tensor Source(Tensor? condition) => condition ?? throw new ComponentException("pix2pix needs the image that each translation starts from");

    private static void CheckDepth(string option, int depth, int most, ImageSpec image)
    {
        if (depth > most)
            throw new ComponentException($"images of {image.Width}×{image.Height} can be halved {most} times at most, but '{option}' is {depth}");
    }
}
