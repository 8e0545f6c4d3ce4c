using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.ResNet;

/// <summary>
/// Images [N, P·C, H, W], P packed together, and, where there are classes, the class of each image [N·P] (int64) to logits [N]
/// (arXiv:1802.05957, tables 3 and 4; with classes the projection of arXiv:1802.05637).
/// </summary>
internal sealed class Discriminator : Module<Tensor, Tensor?, Tensor>
{
    private readonly Module<Tensor, Tensor> features, verdict;
    private readonly ClassProjection? classes;

    public Discriminator(SquareImages images, ResNetOptions options)
        : base(nameof(Discriminator))
    {
        Func<Module<Tensor, Tensor>, Module<Tensor, Tensor>> normalised = options.SpectralNorm ? layer => new SpectralNorm(layer) : layer => layer;
        // A map of half the image's resolution has the width that the image's own has in the generator.
        int[] widths = [.. images.Widths(options.Width, options.GreatestFactor).Skip(1).Reverse()];
        var layers = Sequential();
        var inputs = images.Channels * images.Pack;
        var side = images.Side;
        foreach (var outputs in widths)
        {
            layers.append($"down{side}", new DiscriminatorBlock(inputs, outputs, side == images.Side ? BlockPlace.AtImage : BlockPlace.Between, normalised));
            (inputs, side) = (outputs, side / 2);
            if (side == options.AttentionAt)
                layers.append("attention", new SelfAttention(outputs, normalised));
        }
        layers.append("inner", new DiscriminatorBlock(inputs, inputs, BlockPlace.Innermost, normalised));
        layers.append("activation", ReLU());
        features = layers;
        verdict = normalised(Linear(inputs, 1).Initialised());
        if (images.Classes is { } known)
            classes = new ClassProjection(known.Count, normalised(Linear(images.Pack * known.Count, inputs, hasBias: false).Initialised()));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images, Tensor? condition) => Logits(Features(images), condition);

    /// <summary>φ: images [N, P·C, H, W] to features [N, F], summed over the innermost map.</summary>
    public Tensor Features(Tensor images) => features.call(images).sum([2, 3]);

    /// <summary>Features [N, F] and classes [N·P] to logits [N].</summary>
    public Tensor Logits(Tensor features, Tensor? condition)
    {
        var logits = verdict.call(features).squeeze(1);
        return classes is null ? logits : logits.add(classes.call(features, condition), One);
    }
}
