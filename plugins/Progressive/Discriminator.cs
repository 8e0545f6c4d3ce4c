using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.Progressive;

/// <summary>
/// Images [N, P·C, H, W], P packed together, and, where there are classes, the class of each image [N·P] (int64) to logits [N] (arXiv:1710.10196, table 2; with
/// classes the projection of arXiv:1802.05637). Images are reduced to the resolution of the stage. While a stage is faded in, the way past its layers, by images
/// reduced once more, counts too.
/// </summary>
internal sealed class Discriminator : Module<Tensor, Tensor?, Tensor>
{
    private static readonly long[] Two = [2, 2];

    private readonly int stages;
    private readonly Growth growth;
    private readonly ModuleList<Module<Tensor, Tensor>> fromImage = [], blocks = [];
    private readonly Module<Tensor, Tensor> last, verdict;
    private readonly ClassProjection? classes;

    public Discriminator(SquareImages images, ProgressiveOptions options, Growth growth)
        : base(nameof(Discriminator))
    {
        stages = images.Stages;
        this.growth = growth;
        var widths = images.Widths(options.Width, options.GreatestFactor);
        for (var stage = 0; stage <= stages; stage++)
        {
            fromImage.Add(Sequential(("conv", new EqualizedConv2d(images.Channels * images.Pack, widths[stage], 1)), ("activation", new ScaledLeakyRelu())));
            if (stage > 0)
                blocks.Add(Block(widths[stage], widths[stage - 1]));
        }
        last = Sequential(
            ("deviation", new MinibatchDeviation(options.DeviationGroup)),
            ("conv", new EqualizedConv2d(widths[0] + 1, widths[0], 3)),
            ("activation1", new ScaledLeakyRelu()),
            ("flatten", Flatten()),
            ("linear", new EqualizedLinear(widths[0] * images.Base * images.Base, widths[0])),
            ("activation2", new ScaledLeakyRelu()));
        verdict = new EqualizedLinear(widths[0], 1);
        if (images.Classes is { } known)
            classes = new ClassProjection(known.Count, new EqualizedLinear(images.Pack * known.Count, widths[0], hasBias: false));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images, Tensor? condition) => Logits(Features(images), condition);

    /// <summary>φ: images [N, P·C, H, W] to features [N, F].</summary>
    public Tensor Features(Tensor images)
    {
        for (var stage = stages; stage > growth.Stage; stage--)
            images = Reduced(images);
        var map = fromImage[growth.Stage].call(images);
        for (var stage = growth.Stage; stage > 0; stage--)
        {
            map = blocks[stage - 1].call(map);
            if (stage == growth.Stage && growth.IsFading)
                map = growth.Mix(fromImage[stage - 1].call(Reduced(images)), map);
        }
        return last.call(map);
    }

    /// <summary>Features [N, F] and classes [N·P] to logits [N].</summary>
    public Tensor Logits(Tensor features, Tensor? condition)
    {
        var logits = verdict.call(features).squeeze(1);
        return classes is null ? logits : logits.add(classes.call(features, condition), One);
    }

    private static Tensor Reduced(Tensor images) => functional.avg_pool2d(images, Two);

    private static Sequential Block(int inputs, int outputs) => Sequential(
        ("conv1", new EqualizedConv2d(inputs, inputs, 3)),
        ("activation1", new ScaledLeakyRelu()),
        ("conv2", new EqualizedConv2d(inputs, outputs, 3)),
        ("activation2", new ScaledLeakyRelu()),
        ("down", AvgPool2d(2)));
}
