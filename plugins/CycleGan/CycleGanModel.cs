using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CycleGan;

/// <summary>
/// The networks of CycleGAN (Zhu et al., arXiv:1703.10593): a generator from conditions to samples and one back, and a discriminator for each domain, which sees images of that domain alone. There is no latent: a
/// translation depends on its source.
/// </summary>
internal sealed class CycleGanModel : GanModel
{
    private const int Halvings = 4;

    private readonly ResidualGenerator generator;
    private readonly PatchDiscriminator discriminator;

    /// <exception cref="ComponentException">The data is no image with an image as condition, or the sizes do not allow the networks.</exception>
    public CycleGanModel(CycleGanOptions options, ModelSpec spec)
    {
        if (spec.Data is not { Sample: ImageSpec target, Condition: SampleCondition { Sample: ImageSpec source } })
        {
            throw new ComponentException($"cyclegan turns images into images, but the data is {spec.Data.Sample} with {spec.Data.Condition}; "
                + "the dataset 'unpaired' puts two sets of images together");
        }
        if (spec.Pack > 1)
            throw new ComponentException($"cyclegan does not pack, but 'pack' is {spec.Pack}: set it to 1");
        var (height, width) = (target.Height, target.Width);
        if ((source.Height, source.Width) != (height, width))
            throw new ComponentException($"cyclegan keeps the size of an image, but the data goes from {source.Width}×{source.Height} to {width}×{height}: resize one of them");
        if (height % Halvings != 0 || width % Halvings != 0)
            throw new ComponentException($"cyclegan translates images whose sides are multiples of {Halvings}, but these are {width}×{height}: resize the data");
        if (PatchDiscriminator.LargestDepth(Math.Min(height, width)) is var most && options.DiscriminatorDepth > most)
            throw new ComponentException($"images of {width}×{height} can be halved {most} times at most, but 'discriminatorDepth' is {options.DiscriminatorDepth}");

        Condition = spec.Data.Condition;
        generator = new ResidualGenerator(source.Channels, target.Channels, options);
        discriminator = Discriminator(target, options);
        Networks = new Dictionary<string, nn.Module>
        {
            [Roles.Generator] = generator,
            [TranslationRoles.InverseGenerator] = new ResidualGenerator(target.Channels, source.Channels, options),
            [Roles.Discriminator] = discriminator,
            [TranslationRoles.InverseDiscriminator] = Discriminator(source, options),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; } = new([]);

    /// <inheritdoc/>
    public override ConditionSpec Condition { get; }

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) =>
        generator.call(condition ?? throw new ComponentException("cyclegan needs the image that each translation starts from"));

    /// <summary>Judges images of the target domain, [N, C, H, W], whatever they were made from: logits [N, 1, h, w], one for each patch.</summary>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(discriminator.call(samples));

    private static PatchDiscriminator Discriminator(ImageSpec images, CycleGanOptions options) =>
        new(images.Channels, options.Width, options.DiscriminatorDepth, channels => nn.InstanceNorm2d(channels));
}
