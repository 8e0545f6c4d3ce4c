using PluginGan.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.StyleGan;

/// <summary>Latent [N, L] to the style of each layer of the generator, all alike, [N, layers, W]: normalised, then linear layers at a lowered learning rate (StyleGAN, arXiv:1812.04948).</summary>
internal sealed class Mapping : Module<Tensor, Tensor>
{
    private readonly long styles;
    private readonly Module<Tensor, Tensor> layers;

    /// <param name="inputs">The size of what comes in: the latent, or latent and class.</param>
    /// <param name="styles">How many layers of the generator have a style.</param>
    /// <param name="options">The options of the architecture.</param>
    public Mapping(int inputs, int styles, StyleGanOptions options)
        : base(nameof(Mapping))
    {
        this.styles = styles;
        var all = Sequential(("norm", new PixelNorm()));
        for (var layer = 1; layer <= options.MappingLayers; layer++)
        {
            all.append($"layer{layer}", new EqualizedLinear(layer == 1 ? inputs : options.Style, options.Style, rate: options.MappingRate));
            all.append($"activation{layer}", new ScaledLeakyRelu());
        }
        layers = all;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor latent) => layers.call(latent).unsqueeze(1).expand(-1, styles, -1);
}
