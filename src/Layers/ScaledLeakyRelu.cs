using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>LeakyReLU of slope 0.2, times √2, so that the mean square stays about what it was: what stands behind layers at an equalised learning rate (arXiv:1710.10196; in this form StyleGAN2's code).</summary>
public sealed class ScaledLeakyRelu : nn.Module<Tensor, Tensor>
{
    private static readonly Scalar Gain = Math.Sqrt(2);

    private readonly LeakyRelu activation = new(0.2);

    /// <summary>Without parameters.</summary>
    public ScaledLeakyRelu()
        : base(nameof(ScaledLeakyRelu)) => RegisterComponents();

    /// <summary>[N, ...] to the same shape. The input is overwritten.</summary>
    public override Tensor forward(Tensor input) => activation.call(input).mul(Gain);
}
