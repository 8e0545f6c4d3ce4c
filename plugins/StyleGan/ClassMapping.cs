using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.StyleGan;

/// <summary>Latent [N, L] and class [N] (int64) to the style of each layer, [N, layers, W]: an embedding as wide as the latent stands beside it, each normalised by itself, as in StyleGAN2's code.</summary>
internal sealed class ClassMapping : Module<Tensor, Tensor?, Tensor>
{
    private readonly Embedding classes;
    private readonly PixelNorm norm = new();
    private readonly Mapping mapping;

    public ClassMapping(int classCount, int styles, StyleGanOptions options)
        : base(nameof(ClassMapping))
    {
        classes = Embedding(classCount, options.Latent);
        mapping = new Mapping(2 * options.Latent, styles, options);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor latent, Tensor? condition) =>
        mapping.call(cat([norm.call(latent), norm.call(classes.call(Given.Classes(condition)))], dim: 1));
}
