using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.R3Gan;

/// <summary>
/// An inverted bottleneck with a grouped convolution (arXiv:2501.05441, figure 3): 1×1 to twice the channels, activation, grouped 3×3, activation, 1×1 back,
/// added to the input. The last begins as zero, so that each block begins as the identity. Only what goes into an activation has a bias.
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    /// <summary>How many times as many channels there are within a block.</summary>
    public const int Expansion = 2;

    private readonly Module<Tensor, Tensor> residue;

    /// <param name="channels">The channels of the map.</param>
    /// <param name="groupWidth">The channels of a group.</param>
    /// <param name="gain">The gain of the first two convolutions, see <see cref="Initialisation.Residual"/>.</param>
    public ResidualBlock(int channels, int groupWidth, double gain)
        : base(nameof(ResidualBlock))
    {
        var inner = Expansion * channels;
        residue = Sequential(
            ("expand", Conv2d(channels, inner, 1).Initialised(gain)),
            ("activation1", new LeakyRelu(Initialisation.Slope)),
            ("grouped", Conv2d(inner, inner, 3, padding: 1, groups: inner / groupWidth).Initialised(gain)),
            ("activation2", new LeakyRelu(Initialisation.Slope)),
            ("reduce", Conv2d(inner, channels, 1, bias: false).Initialised(0)));
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] to the same shape.</summary>
    public override Tensor forward(Tensor input) => residue.call(input).add(input, One);
}
