using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.StyleGan;

/// <summary>A modulated 3×3 convolution, then noise of a learned strength (at first 0, one value for each place), bias and activation.</summary>
internal sealed class StyledLayer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModulatedConv2d conv;
    private readonly Parameter bias;
    private readonly Parameter? strength;
    private readonly ScaledLeakyRelu activation = new();

    public StyledLayer(int inputs, int outputs, StyleGanOptions options)
        : base(nameof(StyledLayer))
    {
        conv = new ModulatedConv2d(inputs, outputs, 3, options.Style);
        bias = Learned.From(zeros(outputs, 1, 1));
        if (options.Noise)
            strength = Learned.From(zeros(1));
        RegisterComponents();
    }

    /// <summary>[N, inputs, H, W] and style [N, W] to [N, outputs, H, W]. Noise comes from <see cref="Draws"/>, one map for each
    /// sample.</summary>
    public override Tensor forward(Tensor map, Tensor style)
    {
        var output = conv.call(map, style);
        if (strength is not null)
            output = output.add(Draws.Normal(output.shape[0], [1, output.shape[2], output.shape[3]], output.device).to(output.dtype) * strength, One);
        return activation.call(output.add(bias, One));
    }
}
