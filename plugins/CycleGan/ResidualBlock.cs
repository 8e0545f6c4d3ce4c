using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.CycleGan;

/// <summary>x + f(x), [N, C, H, W]: two 3×3 convolutions with reflection padding and instance normalisation (arXiv:1703.10593, appendix 7.2).</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private static readonly TorchSharp.Scalar One = 1.0;

    private readonly Module<Tensor, Tensor> layers;

    public ResidualBlock(long channels)
        : base(nameof(ResidualBlock))
    {
        layers = Sequential(
            ("pad1", ReflectionPad2d(1)),
            ("convolution1", Conv2d(channels, channels, 3, bias: false)),
            ("norm1", InstanceNorm2d(channels)),
            ("activation1", ReLU(inplace: true)),
            ("pad2", ReflectionPad2d(1)),
            ("convolution2", Conv2d(channels, channels, 3, bias: false)),
            ("norm2", InstanceNorm2d(channels)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => input.add(layers.call(input), One);
}
