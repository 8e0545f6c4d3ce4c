using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.R3Gan;

/// <summary>
/// R3GAN (Huang et al., arXiv:2501.05441, section 4): a modern residual network without normalisation, and its mirror image as discriminator. Images are not
/// bounded: there is no tanh. The discriminator's head <c>features</c> is what its verdict is linear in.
/// </summary>
internal sealed class R3GanModel : GanModel
{
    private readonly Generator generator;
    private readonly Discriminator discriminator;

    /// <exception cref="ComponentException">The data does not suit (see <see cref="SquareImages"/>), or the channels cannot be grouped.</exception>
    public R3GanModel(R3GanOptions options, ModelSpec spec)
    {
        var images = new SquareImages(spec, options.Conditional, "r3gan");
        // All other widths are multiples of this.
        var narrowest = ResidualBlock.Expansion * options.Width;
        if (narrowest % options.GroupWidth != 0)
            throw new ComponentException($"the option 'groupWidth' of r3gan is {options.GroupWidth}, which does not divide the {narrowest} channels within a block "
                + $"({ResidualBlock.Expansion} × 'width'): take a divisor of {narrowest}");
        Condition = images.Condition;
        Latent = LatentSpec.Normal(options.Latent);
        generator = new Generator(images, options);
        discriminator = new Discriminator(images, options);
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
        return new DiscriminatorOutput(discriminator.Logits(features, condition), features);
    }
}
