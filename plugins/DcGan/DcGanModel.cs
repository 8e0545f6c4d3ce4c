using static TorchSharp.torch;

namespace PluginGan.Plugins.DcGan;

/// <summary>
/// DCGAN (Radford, Metz, Chintala, arXiv:1511.06434), class-conditional if asked for: a class embedding beside the generator's latent, and a
/// projection discriminator (Miyato, Koyama, arXiv:1802.05637). The discriminator's head <c>features</c> is what its verdict is linear in.
/// </summary>
internal sealed class DcGanModel : GanModel
{
    private readonly Generator generator;
    private readonly Discriminator discriminator;

    /// <exception cref="ComponentException">The samples are no images of a size in <see cref="Pyramid"/>, or classes are wanted that the data has not.</exception>
    public DcGanModel(DcGanOptions options, ModelSpec spec)
    {
        if (spec.Data.Sample is not ImageSpec image)
            throw new ComponentException($"dcgan makes images, but the data is {spec.Data.Sample}");
        var classes = !options.Conditional ? null : spec.Data.Condition as ClassCondition
            ?? throw new ComponentException($"the option 'conditional' of dcgan needs data with classes, but the data has {spec.Data.Condition}; "
                + "set it to false, or take labelled data (option 'labels' of the dataset)");

        var pyramid = new Pyramid(image, options.Width);
        Condition = classes ?? ConditionSpec.None;
        Latent = LatentSpec.Normal(options.Latent);
        generator = new Generator(pyramid, image.Channels, options.Latent, classes?.Count);
        discriminator = new Discriminator(pyramid, image.Channels, spec.Pack, classes?.Count, options);
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; }

    /// <inheritdoc/>
    public override ConditionSpec Condition { get; }

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(latent, condition);

    /// <inheritdoc/>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
    {
        var features = discriminator.Features(samples);
        return new DiscriminatorOutput(discriminator.Logits(features, condition), new Dictionary<string, Tensor> { ["features"] = features });
    }
}
