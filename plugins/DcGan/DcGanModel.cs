using PluginGan.Layers;
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

    /// <exception cref="ComponentException">The data does not suit, see <see cref="SquareImages"/>.</exception>
    public DcGanModel(DcGanOptions options, ModelSpec spec)
    {
        var images = new SquareImages(spec, options.Conditional, "dcgan");
        var pyramid = new Pyramid(images, options.Width);
        Condition = images.Condition;
        Latent = LatentSpec.Normal(options.Latent);
        generator = new Generator(pyramid, images.Channels, options.Latent, images.Classes?.Count);
        discriminator = new Discriminator(pyramid, images.Channels, images.Pack, images.Classes?.Count, options);
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
