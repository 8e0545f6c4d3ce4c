using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.StyleGan;

/// <summary>
/// One resolution of the generator (arXiv:1912.04958, figure 7b): but for the innermost it doubles the map and has a first layer; what the map adds to the image
/// comes through a modulated 1×1.
/// </summary>
internal sealed class SynthesisBlock : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly StyledLayer? upper;
    private readonly StyledLayer layer;
    private readonly ModulatedConv2d toImage;
    private readonly Parameter imageBias;

    /// <param name="inputs">The channels of the map before, or null for the innermost block.</param>
    /// <param name="outputs">The channels of the map.</param>
    /// <param name="imageChannels">The channels of the image.</param>
    /// <param name="options">The options of the architecture.</param>
    public SynthesisBlock(int? inputs, int outputs, int imageChannels, StyleGanOptions options)
        : base(nameof(SynthesisBlock))
    {
        if (inputs is { } before)
            upper = new StyledLayer(before, outputs, options);
        layer = new StyledLayer(outputs, outputs, options);
        toImage = new ModulatedConv2d(outputs, imageChannels, 1, options.Style, demodulated: false);
        imageBias = Learned.From(zeros(imageChannels, 1, 1));
        RegisterComponents();
    }

    /// <summary>How many styles it takes: one for each convolution, and that of the image.</summary>
    public int Styles => upper is null ? 2 : 3;

    /// <summary>The map before [N, inputs, H, W] and styles [N, <see cref="Styles"/>, W] to this map, [N, outputs, 2·H, 2·W].</summary>
    public override Tensor forward(Tensor map, Tensor styles) =>
        layer.call(upper is null ? map : upper.call(Resampling.Up(map), styles.select(1, 0)), styles.select(1, Styles - 2));

    /// <summary>What this map [N, outputs, H, W] adds to the image, [N, C, H, W].</summary>
    public Tensor Image(Tensor map, Tensor styles) => toImage.call(map, styles.select(1, Styles - 1)).add(imageBias, One);
}
