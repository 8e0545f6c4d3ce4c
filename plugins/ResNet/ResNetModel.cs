using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.ResNet;

/// <summary>
/// The residual networks of SNGAN (Miyato et al., arXiv:1802.05957, appendix B.4), with classes as in arXiv:1802.05637 and attention as in
/// arXiv:1805.08318. The discriminator's head <c>features</c> is what its verdict is linear in.
/// </summary>
internal sealed class ResNetModel : GanModel
{
    private readonly Generator generator;
    private readonly Discriminator discriminator;

    /// <exception cref="ComponentException">The data does not suit (see <see cref="SquareImages"/>), or no map has the resolution for attention.</exception>
    public ResNetModel(ResNetOptions options, ModelSpec spec)
    {
        var images = new SquareImages(spec, options.Conditional, "resnet");
        // The image's own side is not among them: there attention would cost more than all else.
        if (options.AttentionAt != 0 && !images.Sides.SkipLast(1).Contains(options.AttentionAt))
            throw new ComponentException($"the option 'attentionAt' of resnet is {options.AttentionAt}, but images of {images.Side}×{images.Side} pass through maps of the sides "
                + $"{string.Join(", ", images.Sides.SkipLast(1))}: name one of these, or 0 for no attention");
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
