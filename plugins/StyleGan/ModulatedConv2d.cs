using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.StyleGan;

/// <summary>
/// A convolution whose weights depend on the style (arXiv:1912.04958, eq. 1 and 3): w'ᵢⱼₖ = sᵢ · wᵢⱼₖ, with a scale s of each input channel that is affine in the
/// style, and, demodulated, w''ᵢⱼₖ = w'ᵢⱼₖ / √(Σᵢₖ w'ᵢⱼₖ² + ε). As it is linear, inputs and outputs are scaled instead of the weights of each sample: the same
/// function with one convolution for the batch, where weights for each sample need as many groups as samples.
/// </summary>
internal sealed class ModulatedConv2d : nn.Module<Tensor, Tensor, Tensor>
{
    private static readonly Scalar Epsilon = 1e-8;

    private readonly EqualizedLinear affine;
    private readonly Parameter weight;
    private readonly Scalar scale;
    private readonly bool demodulated;
    private readonly long padding;

    public ModulatedConv2d(int inputs, int outputs, int kernel, int style, bool demodulated = true)
        : base(nameof(ModulatedConv2d))
    {
        affine = new EqualizedLinear(style, inputs, bias: 1);
        weight = Learned.From(randn(outputs, inputs, kernel, kernel));
        scale = 1 / Math.Sqrt(inputs * kernel * kernel);
        padding = kernel / 2;
        this.demodulated = demodulated;
        RegisterComponents();
    }

    /// <summary>[N, inputs, H, W] and style [N, W] to [N, outputs, H, W].</summary>
    public override Tensor forward(Tensor map, Tensor style)
    {
        var modulation = affine.call(style);
        var scaled = weight.mul(scale);
        var output = nn.functional.conv2d(map * OfChannels(modulation), scaled, padding: [padding, padding]);
        return demodulated ? output * OfChannels(Demodulation(modulation, scaled)) : output;
    }

    // Σᵢ sᵢ² Σₖ wᵢⱼₖ², [N, outputs].
    private static Tensor Demodulation(Tensor modulation, Tensor scaled) =>
        modulation.square().matmul(scaled.square().sum([2, 3]).t()).add(Epsilon, One).rsqrt();

    private static Tensor OfChannels(Tensor values) => values.unsqueeze(-1).unsqueeze(-1);
}
