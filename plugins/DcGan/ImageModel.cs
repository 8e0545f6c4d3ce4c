using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.DcGan;

/// <summary>What all models of these networks have in common: a generator of square images (arXiv:1511.06434), given a class embedding beside its latent if asked for.</summary>
internal abstract class ImageModel : GanModel
{
    /// <param name="architecture">The name in the recipe.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="conditional">Whether classes are wanted.</param>
    /// <param name="codes">Parts of the latent beside the normal one.</param>
    /// <param name="spec">The data.</param>
    /// <exception cref="ComponentException">The data does not suit, see <see cref="SquareImages"/>.</exception>
    protected ImageModel(string architecture, ImageOptions options, bool conditional, IEnumerable<LatentPart> codes, ModelSpec spec)
    {
        Images = new SquareImages(spec, conditional, architecture);
        Pyramid = new Pyramid(Images, options.Width);
        Latent = new LatentSpec([new NormalPart(options.Latent), .. codes]);
        Generator = new Generator(Pyramid, Images.Channels, Latent.Size, ClassCount);
    }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; }

    /// <inheritdoc/>
    public override ConditionSpec Condition => Images.Condition;

    protected Generator Generator { get; }

    protected Pyramid Pyramid { get; }

    protected SquareImages Images { get; }

    /// <summary>How many classes the model is given; null where it is given none.</summary>
    protected int? ClassCount => Images.Classes?.Count;

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) => Generator.call(latent, condition);
}
