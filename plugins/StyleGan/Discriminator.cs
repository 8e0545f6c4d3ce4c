using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.StyleGan;

/// <summary>
/// Images [N, P·C, H, W], P packed together, and, where there are classes, the class of each image [N·P] (int64) to logits [N]: residual blocks, minibatch
/// standard deviation, 3×3, and two linear layers (arXiv:1912.04958); with classes the projection of arXiv:1802.05637.
/// </summary>
internal sealed class Discriminator : Module<Tensor, Tensor?, Tensor>
{
    private readonly Module<Tensor, Tensor> features, verdict;
    private readonly ClassProjection? classes;

    public Discriminator(SquareImages images, StyleGanOptions options)
        : base(nameof(Discriminator))
    {
        var widths = images.Widths(options.Width, options.GreatestFactor);
        var (innermost, count) = (widths[0], widths[0] * images.Base * images.Base);
        var layers = Sequential(("image", new EqualizedConv2d(images.Channels * images.Pack, widths[^1], 1)), ("activation", new ScaledLeakyRelu()));
        for (var stage = images.Stages; stage > 0; stage--)
            layers.append($"down{images.Sides[stage]}", new DiscriminatorBlock(widths[stage], widths[stage - 1]));
        layers.append("deviation", new MinibatchDeviation(options.DeviationGroup));
        layers.append("conv", new EqualizedConv2d(innermost + 1, innermost, 3));
        layers.append("activation1", new ScaledLeakyRelu());
        layers.append("flatten", Flatten());
        layers.append("linear", new EqualizedLinear(count, innermost));
        layers.append("activation2", new ScaledLeakyRelu());
        features = layers;
        verdict = new EqualizedLinear(innermost, 1);
        if (images.Classes is { } known)
            classes = new ClassProjection(known.Count, new EqualizedLinear(images.Pack * known.Count, innermost, hasBias: false));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images, Tensor? condition) => Logits(Features(images), condition);

    /// <summary>φ: images [N, P·C, H, W] to features [N, F].</summary>
    public Tensor Features(Tensor images) => features.call(images);

    /// <summary>Features [N, F] and classes [N·P] to logits [N].</summary>
    public Tensor Logits(Tensor features, Tensor? condition)
    {
        var logits = verdict.call(features).squeeze(1);
        return classes is null ? logits : logits.add(classes.call(features, condition), One);
    }
}
