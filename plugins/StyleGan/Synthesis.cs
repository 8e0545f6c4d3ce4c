using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.StyleGan;

/// <summary>Style [N, W] to image [N, C, H, W]: from a learned constant, a block at each resolution, whose images are added up (arXiv:1912.04958, figure 7b).</summary>
internal sealed class Synthesis : Module<Tensor, Tensor>
{
    private static readonly Scalar One = 1.0;

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

    /// <inheritdoc/>
    public override Tensor forward(Tensor style)
    {
        var map = constant.unsqueeze(0).expand(style.shape[0], -1, -1, -1);
        Tensor? image = null;
        foreach (var block in blocks)
        {
            map = block.call(map, style);
            var addition = block.Image(map, style);
            image = image is null ? addition : Resampling.Up(image).add(addition, One);
        }
        return image!;
    }
}
