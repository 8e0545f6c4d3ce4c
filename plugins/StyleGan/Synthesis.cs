using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.StyleGan;

/// <summary>The styles of its layers [N, layers, W] to image [N, C, H, W]: from a learned constant, a block at each resolution, whose images are added up (arXiv:1912.04958, figure 7b).</summary>
internal sealed class Synthesis : Module<Tensor, Tensor>
{
    private readonly Parameter constant;
    private readonly ModuleList<SynthesisBlock> blocks = [];

    public Synthesis(SquareImages images, StyleGanOptions options)
        : base(nameof(Synthesis))
    {
        var widths = images.Widths(options.Width, options.GreatestFactor);
        constant = Learned.From(randn(widths[0], images.Base, images.Base));
        for (var stage = 0; stage <= images.Stages; stage++)
            blocks.Add(new SynthesisBlock(stage == 0 ? null : widths[stage - 1], widths[stage], images.Channels, options));
        RegisterComponents();
    }

    /// <summary>How many layers have a style: the convolutions, and the last way to the image. Of the others each shares that of the convolution behind it, as in the authors' code.</summary>
    public static int Styles(SquareImages images) => (2 * images.Stages) + 2;

    /// <inheritdoc/>
    public override Tensor forward(Tensor styles)
    {
        var map = constant.unsqueeze(0).expand(styles.shape[0], -1, -1, -1);
        Tensor? image = null;
        var next = 0;
        foreach (var block in blocks)
        {
            var own = styles.narrow(1, next, block.Styles);
            map = block.call(map, own);
            var addition = block.Image(map, own);
            image = image is null ? addition : Resampling.Up(image).add(addition, One);
            next += block.Styles - 1;
        }
        return image!;
    }
}
