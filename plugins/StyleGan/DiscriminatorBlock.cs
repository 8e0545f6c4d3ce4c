using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.StyleGan;

/// <summary>A residual block that halves the resolution (arXiv:1912.04958, figure 7c): 3×3, smoothing, 3×3 beside smoothing and 1×1; the sum over √2.</summary>
internal sealed class DiscriminatorBlock : Module<Tensor, Tensor>
{
    private static readonly Scalar One = 1.0, Gain = Math.Sqrt(0.5);

    private readonly Module<Tensor, Tensor> first, down, second, shortcut;

    public DiscriminatorBlock(int inputs, int outputs)
        : base(nameof(DiscriminatorBlock))
    {
        first = Sequential(("conv", new EqualizedConv2d(inputs, inputs, 3)), ("activation", new ScaledLeakyRelu()));
        down = new BlurPool2d(inputs);
        second = Sequential(("conv", new EqualizedConv2d(inputs, outputs, 3)), ("activation", new ScaledLeakyRelu()));
        shortcut = new EqualizedConv2d(inputs, outputs, 1, hasBias: false);
        RegisterComponents();
    }

    /// <summary>[N, inputs, H, W] to [N, outputs, H/2, W/2].</summary>
    // Smoothing and halving stand before the second 3×3: a quarter of the paper's work, which convolves between them.
    public override Tensor forward(Tensor input) =>
        second.call(down.call(first.call(input))).add(shortcut.call(down.call(input)), One).mul(Gain);
}
