using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.Pix2Pix;

/// <summary>
/// The U-Net of arXiv:1611.07004, appendix 6.1.1: image [N, S, H, W] to image [N, C, H, W] in [-1, 1]. What halves the image hands each of its maps to the layer that arrives at that size again, so that details need
/// not pass through the innermost one.
/// </summary>
internal sealed class UNet : Module<Tensor, Tensor>
{
    private const double Slope = 0.2;
    private const int MostTimesWidth = 8;
    private const int LayersWithDropout = 3;

    private readonly int depth;
    private readonly double dropout;
    private readonly ModuleList<Sequential> down = new();
    private readonly ModuleList<Sequential> up = new();

    /// <param name="source">The images it starts from.</param>
    /// <param name="targetChannels">The channels of those that it arrives at, of the same size.</param>
    /// <param name="options">Width, depth and dropout.</param>
    public UNet(ImageSpec source, int targetChannels, Pix2PixOptions options)
        : base(nameof(UNet))
    {
        (depth, dropout) = (options.Depth, options.Dropout);
        long[] channels = [.. Enumerable.Range(0, depth).Select(level => (long)options.Width * Math.Min(MostTimesWidth, 1L << level))];
        for (var level = 0; level < depth; level++)
        {
            down.Add(Halving(level, level == 0 ? source.Channels : channels[level - 1], channels[level]));
            // Beside what comes from within lies the map of the same size from the way down; the innermost has none.
            var inputs = level == depth - 1 ? channels[level] : 2 * channels[level];
            // What halving rounds off is put on again; where it has been but one of height and width, the other is cut.
            var rounded = (source.Height | source.Width) >> level & 1;
            up.Add(Doubling(level, inputs, level == 0 ? targetChannels : channels[level - 1], rounded));
        }
        RegisterComponents();
        this.InitialiseAsDcGan();
    }

    /// <summary>[N, S, H, W] to [N, C, H, W].</summary>
    public override Tensor forward(Tensor image)
    {
        var maps = new Tensor[depth];
        for (var level = 0; level < depth; level++)
            maps[level] = down[level].call(level == 0 ? image : maps[level - 1]);
        var map = maps[depth - 1];
        for (var level = depth - 1; level >= 0; level--)
        {
            var size = (level == 0 ? image : maps[level - 1]).shape;
            map = up[level].call(level == depth - 1 ? map : cat([map, maps[level]], dim: 1)).narrow(2, 0, size[2]).narrow(3, 0, size[3]);
        }
        return map;
    }

    // The outermost and the innermost map are not normalised: the one is nearly the image, the other at 1×1 would be nothing but its own mean.
    private Sequential Halving(int level, long inputs, long outputs)
    {
        var isNormalised = level > 0 && level < depth - 1;
        var layers = Sequential(("convolution", Conv2d(inputs, outputs, 4, stride: 2, padding: 1, bias: !isNormalised)));
        if (isNormalised)
            layers.append("norm", BatchNorm2d(outputs));
        layers.append("activation", new LeakyRelu(Slope));
        return layers;
    }

    private Sequential Doubling(int level, long inputs, long outputs, long outputPadding)
    {
        var layers = Sequential(("convolution", ConvTranspose2d(inputs, outputs, 4, stride: 2, padding: 1, output_padding: outputPadding, bias: level == 0)));
        if (level == 0)
        {
            layers.append("range", Tanh());
            return layers;
        }
        layers.append("norm", BatchNorm2d(outputs));
        if (dropout > 0 && level >= depth - LayersWithDropout)
            layers.append("dropout", new SampleDropout(dropout));
        layers.append("activation", ReLU(inplace: true));
        return layers;
    }
}
