using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.ResNet;

/// <summary>Latent [N, L] and, where there are classes, class [N] (int64) to image [N, C, H, W] in [-1, 1] (arXiv:1802.05957, tables 3 and 4).</summary>
internal sealed class Generator : Module<Tensor, Tensor?, Tensor>
{
    private readonly Module<Tensor, Tensor> project, image;
    private readonly ModuleList<Module<Tensor, Tensor?, Tensor>> blocks = [];
    private readonly SelfAttention? attention;
    private readonly int attentionAfter;

    public Generator(SquareImages images, ResNetOptions options)
        : base(nameof(Generator))
    {
        var widths = images.Widths(options.Width, options.GreatestFactor);
        project = Sequential(
            ("linear", Linear(options.Latent, widths[0] * images.Base * images.Base).Initialised()),
            ("unflatten", Unflatten(1, [widths[0], images.Base, images.Base])));
        for (var stage = 1; stage <= images.Stages; stage++)
            blocks.Add(new GeneratorBlock(widths[stage - 1], widths[stage], images.Classes?.Count));
        if (options.AttentionAt != 0)
        {
            attentionAfter = images.Sides.ToList().IndexOf(options.AttentionAt);
            attention = new SelfAttention(widths[attentionAfter], layer => layer);
        }
        image = Sequential(
            ("norm", BatchNorm2d(widths[^1])),
            ("activation", ReLU()),
            ("conv", Conv2d(widths[^1], images.Channels, 3, padding: 1).Initialised()),
            ("range", Tanh()));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor latent, Tensor? condition)
    {
        var map = project.call(latent);
        for (var stage = 0; stage <= blocks.Count; stage++)
        {
            if (stage > 0)
                map = blocks[stage - 1].call(map, condition);
            if (attention is not null && stage == attentionAfter)
                map = attention.call(map);
        }
        return image.call(map);
    }
}
