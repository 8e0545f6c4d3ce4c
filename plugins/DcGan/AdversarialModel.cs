using static TorchSharp.torch;

namespace PluginGan.Plugins.DcGan;

/// <summary>A generator against a discriminator of images. The discriminator's head <c>features</c> is what its verdict is linear in.</summary>
internal abstract class AdversarialModel : ImageModel
{
    protected AdversarialModel(string architecture, DiscriminatorOptions options, IEnumerable<LatentPart> codes, ModelSpec spec)
        : base(architecture, options, options.Conditional, codes, spec) =>
        Discriminator = new Discriminator(Pyramid, Images.Channels, spec.Pack, ClassCount, options);

    protected Discriminator Discriminator { get; }

    /// <inheritdoc/>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
    {
        var features = Discriminator.Features(samples);
        return new DiscriminatorOutput(Discriminator.Logits(features, condition), features);
    }
}
