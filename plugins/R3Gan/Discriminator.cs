using PluginGan.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.R3Gan;

/// <summary>
/// Images [N, P·C, H, W], P packed together, and, where there are classes, the class of each image [N·P] (int64) to logits [N]: the generator from the other
/// end. The innermost map is weighed, channel by channel, by a kernel of its own size. With classes the verdict is the product of an embedding of the class with as
/// many linear functions of that, as in the paper: the projection alone, without a term for all classes.
/// </summary>
internal sealed class Discriminator : Module<Tensor, Tensor?, Tensor>
{
    private readonly Module<Tensor, Tensor> features, verdict;
    private readonly ClassProjection? classes;

    public Discriminator(SquareImages images, R3GanOptions options)
        : base(nameof(Discriminator))
    {
        var widths = images.Widths(options.Width, options.GreatestFactor);
        var gain = Initialisation.Residual(widths.Count * options.Blocks);
        var layers = Sequential();
        layers.append("image", Conv2d(images.Channels * images.Pack, widths[^1], 1, bias: false).Initialised());
        for (var stage = images.Stages; stage >= 0; stage--)
        {
            for (var block = 1; block <= options.Blocks; block++)
                layers.append($"block{images.Sides[stage]}-{block}", new ResidualBlock(widths[stage], options.GroupWidth, gain));
            if (stage > 0)
                layers.append($"down{images.Sides[stage]}", new Resample(widths[stage], widths[stage - 1], up: false));
        }
        layers.append("basis", Conv2d(widths[0], widths[0], images.Base, groups: widths[0], bias: false).Initialised());
        layers.append("flatten", Flatten());
        features = layers;
        verdict = Linear(widths[0], images.Classes is null ? 1 : options.Latent, hasBias: false).Initialised();
        if (images.Classes is { } known)
            classes = new ClassProjection(known.Count, Linear(images.Pack * known.Count, options.Latent, hasBias: false).Initialised(1 / Math.Sqrt(options.Latent)));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images, Tensor? condition) => Logits(Features(images), condition);

    /// <summary>φ: images [N, P·C, H, W] to features [N, F].</summary>
    public Tensor Features(Tensor images) => features.call(images);

    /// <summary>Features [N, F] and classes [N·P] to logits [N].</summary>
    public Tensor Logits(Tensor features, Tensor? condition)
    {
        var opinion = verdict.call(features);
        return classes is null ? opinion.squeeze(1) : classes.call(opinion, condition);
    }
}
