using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.R3Gan;

/// <summary>Latent [N, L] and, where there are classes, class [N] (int64) to image [N, C, H, W]: learned maps weighed by the latent, then blocks at each resolution.</summary>
internal sealed class Generator : Module<Tensor, Tensor?, Tensor>
{
    private readonly Parameter basis;
    private readonly Module<Tensor, Tensor> weights, layers;
    private readonly Embedding? classes;

    public Generator(SquareImages images, R3GanOptions options)
        : base(nameof(Generator))
    {
        var widths = images.Widths(options.Width, options.GreatestFactor);
        var gain = Initialisation.Residual(widths.Count * options.Blocks);
        var inputs = options.Latent;
        if (images.Classes is { } known)
        {
            // As wide as the latent, as in the paper, and drawn as a linear layer on one-hot vectors.
            classes = Embedding(known.Count, options.Latent);
            init.normal_(classes.weight!, 0, 1 / Math.Sqrt(known.Count));
            inputs += options.Latent;
        }
        basis = Learned.From(randn(widths[0], images.Base, images.Base));
        weights = Linear(inputs, widths[0], hasBias: false).Initialised();
        var all = Sequential();
        for (var stage = 0; stage < widths.Count; stage++)
        {
            if (stage > 0)
                all.append($"up{images.Sides[stage]}", new Resample(widths[stage - 1], widths[stage], up: true));
            for (var block = 1; block <= options.Blocks; block++)
                all.append($"block{images.Sides[stage]}-{block}", new ResidualBlock(widths[stage], options.GroupWidth, gain));
        }
        all.append("image", Conv2d(widths[^1], images.Channels, 1, bias: false).Initialised());
        layers = all;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor latent, Tensor? condition)
    {
        var inputs = classes is null ? latent : cat([latent, classes.call(Given.Classes(condition))], dim: 1);
        return layers.call(weights.call(inputs).unsqueeze(-1).unsqueeze(-1) * basis);
    }
}
