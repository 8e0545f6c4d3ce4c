using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// Self-attention between the places of a map (SAGAN, Zhang et al., arXiv:1805.08318, eq. 1 to 3): with 1×1 convolutions f, g, h to C/8 channels and v back to C,
/// place j attends to place i with β = softmaxᵢ(f(xᵢ)ᵀ g(xⱼ)); the output is γ · v(Σᵢ βⱼᵢ h(xᵢ)) + xⱼ. γ begins as 0, so that the network begins without it.
/// </summary>
public sealed class SelfAttention : Module<Tensor, Tensor>
{
    private const int Reduction = 8;

    private readonly Module<Tensor, Tensor> keys, queries, values, output;
    private readonly Parameter gamma;

    /// <param name="channels">The channels of the input, C.</param>
    /// <param name="normalised">Wraps each convolution: spectral normalisation, or nothing.</param>
    public SelfAttention(int channels, Func<Module<Tensor, Tensor>, Module<Tensor, Tensor>> normalised)
        : base(nameof(SelfAttention))
    {
        var inner = Math.Max(1, channels / Reduction);
        keys = normalised(Conv2d(channels, inner, 1, bias: false));
        queries = normalised(Conv2d(channels, inner, 1, bias: false));
        values = normalised(Conv2d(channels, inner, 1, bias: false));
        output = normalised(Conv2d(inner, channels, 1, bias: false));
        gamma = Learned.From(zeros(1));
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        // β as [N, queries, keys].
        var attention = queries.call(input).flatten(2).transpose(1, 2).bmm(keys.call(input).flatten(2)).softmax(-1);
        var attended = values.call(input).flatten(2).bmm(attention.transpose(1, 2));
        var (height, width) = (input.shape[2], input.shape[3]);
        return (output.call(attended.unflatten(2, [height, width])) * gamma).add(input, One);
    }
}
