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
    /// <exception cref="ComponentException">The samples are no images of a size in <see cref="Pyramid"/>, or classes are wanted that the data has not.</exception>
    protected ImageModel(string architecture, ImageOptions options, bool conditional, IEnumerable<LatentPart> codes, ModelSpec spec)
    {
        if (spec.Data.Sample is not ImageSpec image)
            throw new ComponentException($"{architecture} makes images, but the data is {spec.Data.Sample}");
        var classes = !conditional ? null : spec.Data.Condition as ClassCondition
            ?? throw new ComponentException($"the option 'conditional' of {architecture} needs data with classes, but the data has {spec.Data.Condition}; "
                + "set it to false, or take labelled data (option 'labels' of the dataset)");

        Pyramid = new Pyramid(image, options.Width);
        Image = image;
        ClassCount = classes?.Count;
        Condition = classes ?? ConditionSpec.None;
        Latent = new LatentSpec([new NormalPart(options.Latent), .. codes]);
        Generator = new Generator(Pyramid, image.Channels, Latent.Size, ClassCount);
    }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; }

    /// <inheritdoc/>
    public override ConditionSpec Condition { get; }

    protected Generator Generator { get; }

    protected Pyramid Pyramid { get; }

    protected ImageSpec Image { get; }

    /// <summary>How many classes the model is given; null where it is given none.</summary>
    protected int? ClassCount { get; }

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) => Generator.call(latent, condition);
}
