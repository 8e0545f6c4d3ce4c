using System.Globalization;
using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Progressive;

/// <summary>
/// Progressive growing (Karras et al., arXiv:1710.10196). All layers are there from the start; as the run advances more of them are used. Samples always have the
/// data's size: at a lower resolution the generator's images are enlarged, and the discriminator reduces what it sees. Images are not bounded: there is no tanh.
/// The discriminator's head <c>features</c> is what its verdict is linear in.
/// </summary>
internal sealed class ProgressiveModel : GanModel
{
    private readonly Growth growth;
    private readonly Generator generator;
    private readonly Discriminator discriminator;

    /// <exception cref="ComponentException">The data does not suit (see <see cref="SquareImages"/>), or the stages leave nothing of the run to the image's own resolution.</exception>
    public ProgressiveModel(ProgressiveOptions options, ModelSpec spec)
    {
        var images = new SquareImages(spec, options.Conditional, "progressive");
        if ((images.Stages + options.Fade) * options.StageShare >= 1)
            throw new ComponentException(string.Create(CultureInfo.InvariantCulture, $"the option 'stageShare' of progressive is {options.StageShare}: the {images.Stages} resolutions below {images.Side}×{images.Side} and the fading in of the last "
                + $"then take the whole run; with 'fade' {options.Fade} it must be less than {1 / (images.Stages + options.Fade):0.###}"));
        Condition = images.Condition;
        Latent = LatentSpec.Normal(options.Latent);
        growth = new Growth(images.Stages, options.StageShare, options.Fade);
        generator = new Generator(images, options, growth);
        discriminator = new Discriminator(images, options, growth);
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

    /// <inheritdoc/>
    public override void Advance(double progress) => growth.Advance(progress);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            growth.Dispose();
        base.Dispose(disposing);
    }
}
