using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>Divides the vector at each place by its root mean square over the channels (progressive GAN, arXiv:1710.10196, section 4.2).</summary>
public sealed class PixelNorm : nn.Module<Tensor, Tensor>
{
    private static readonly Scalar Epsilon = 1e-8;

    /// <summary>Without parameters.</summary>
    public PixelNorm()
        : base(nameof(PixelNorm))
    {
    }

    /// <summary>[N, C, ...] to the same shape.</summary>
    public override Tensor forward(Tensor input) => input * input.square().mean([1], keepdim: true).add(Epsilon, One).rsqrt();
}
