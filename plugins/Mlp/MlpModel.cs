using static TorchSharp.torch;

namespace PluginGan.Plugins.Mlp;

/// <summary>
/// Two fully connected networks, as in the first GAN (Goodfellow et al., arXiv:1406.2661); with classes both are told them (arXiv:1411.1784). Between them the options say
/// the networks of PacGAN's mixtures (arXiv:1712.04086), the latent code of InfoGAN (arXiv:1606.03657) and Fourier features (arXiv:2006.10739). The discriminator's head <c>features</c> is its last hidden layer.
/// </summary>
internal sealed class MlpModel : GanModel
{
    private readonly Generator generator;
    private readonly Discriminator discriminator;

    /// <exception cref="ComponentException">The samples are neither points nor images, an option contradicts another, or classes are wanted that the data has not.</exception>
    public MlpModel(MlpOptions options, ModelSpec spec)
    {
        if (spec.Data.Sample is not (VectorSpec or ImageSpec))
            throw new ComponentException($"mlp makes vectors and images, but the data is {spec.Data.Sample}");
        var classes = !options.Conditional ? null : spec.Data.Condition as ClassCondition
            ?? throw new ComponentException($"the option 'conditional' of mlp needs data with classes, but the data has {spec.Data.Condition}; "
                + "set it to false, or take labelled data (option 'labels' of the dataset)");

        Condition = classes ?? ConditionSpec.None;
        Latent = new LatentSpec([.. Parts(options)]);
        if (Latent.Size == 0)
            throw new ComponentException("the latent of mlp is empty: one of its options 'latent', 'categorical' and 'continuous' must be above 0");
        if (options.Frequencies > 0 && options.LowestFrequency > options.HighestFrequency)
            throw new ComponentException($"the options of mlp have lowestFrequency {options.LowestFrequency} above highestFrequency {options.HighestFrequency}; exchange them");
        generator = new Generator(spec.Data.Sample, Latent.Size, classes?.Count ?? 0, options);
        discriminator = new Discriminator(spec.Data.Sample, spec.Pack, classes?.Count ?? 0, options);
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
        var features = discriminator.Features(samples, condition);
        return new DiscriminatorOutput(discriminator.Logits(features), features);
    }

    private static IEnumerable<LatentPart> Parts(MlpOptions options)
    {
        if (options.Latent > 0)
            yield return options.LatentDistribution == LatentDistribution.Normal ? new NormalPart(options.Latent) : new UniformPart(options.Latent);
        if (options.Categorical > 0)
            yield return new CategoricalPart(options.Categorical);
        if (options.Continuous > 0)
            yield return new UniformPart(options.Continuous);
    }
}
