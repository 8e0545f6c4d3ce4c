using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.Progressive;

/// <summary>
/// Latent [N, L] and, where there are classes, class [N] (int64) to image [N, C, H, W] (arXiv:1710.10196, table 2): the image is made at the resolution of the
/// stage, and enlarged. While a stage is faded in, the image of the one before, enlarged, counts too.
/// </summary>
internal sealed class Generator : Module<Tensor, Tensor?, Tensor>
{
    private readonly int side;
    private readonly Growth growth;
    private readonly Embedding? classes;
    private readonly PixelNorm norm = new();
    private readonly ModuleList<Module<Tensor, Tensor>> blocks = [], toImage = [];

    public Generator(SquareImages images, ProgressiveOptions options, Growth growth)
        : base(nameof(Generator))
    {
        side = images.Side;
        this.growth = growth;
        var widths = images.Widths(options.Width, options.GreatestFactor);
        var inputs = options.Latent;
        if (images.Classes is { } known)
        {
            // As wide as the latent, and normalised as it is.
            classes = Embedding(known.Count, options.Latent);
            inputs += options.Latent;
        }
        for (var stage = 0; stage <= images.Stages; stage++)
        {
            blocks.Add(stage == 0 ? First(inputs, widths[0], images.Base) : Further(widths[stage - 1], widths[stage]));
            toImage.Add(new EqualizedConv2d(widths[stage], images.Channels, 1));
        }
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor latent, Tensor? condition)
    {
        var inputs = norm.call(latent);
        if (classes is not null)
            inputs = cat([inputs, norm.call(classes.call(Given.Classes(condition)))], dim: 1);
        var (before, map) = (inputs, blocks[0].call(inputs));
        for (var stage = 1; stage <= growth.Stage; stage++)
            (before, map) = (map, blocks[stage].call(map));
        var image = toImage[growth.Stage].call(map);
        if (growth.IsFading)
            image = growth.Mix(Enlarged(toImage[growth.Stage - 1].call(before), image.shape[3]), image);
        return Enlarged(image, side);
    }

    private static Tensor Enlarged(Tensor image, long side) => image.shape[3] == side ? image : functional.interpolate(image, [side, side], mode: InterpolationMode.Nearest);

    private static Sequential First(int inputs, int outputs, int side) => Sequential(
        ("project", new EqualizedLinear(inputs, outputs * side * side)),
        ("unflatten", Unflatten(1, [outputs, side, side])),
        ("activation1", new ScaledLeakyRelu()),
        ("norm1", new PixelNorm()),
        ("conv", new EqualizedConv2d(outputs, outputs, 3)),
        ("activation2", new ScaledLeakyRelu()),
        ("norm2", new PixelNorm()));

    private static Sequential Further(int inputs, int outputs) => Sequential(
        ("up", Upsample(scale_factor: [2, 2], mode: UpsampleMode.Nearest)),
        ("conv1", new EqualizedConv2d(inputs, outputs, 3)),
        ("activation1", new ScaledLeakyRelu()),
        ("norm1", new PixelNorm()),
        ("conv2", new EqualizedConv2d(outputs, outputs, 3)),
        ("activation2", new ScaledLeakyRelu()),
        ("norm2", new PixelNorm()));
}
