using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>A convolution that keeps the resolution, at an equalised learning rate (see <see cref="EqualizedLinear"/>): weights N(0, 1), scaled by 1/√fan-in when used; the bias begins as 0.</summary>
public sealed class EqualizedConv2d : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly Scalar scale;
    private readonly long padding;

    /// <param name="inputs">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="kernel">The side of the kernel, odd.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    public EqualizedConv2d(int inputs, int outputs, int kernel, bool hasBias = true)
        : base(nameof(EqualizedConv2d))
    {
        weight = Learned.From(randn(outputs, inputs, kernel, kernel));
        if (hasBias)
            bias = Learned.From(zeros(outputs));
        scale = 1 / Math.Sqrt(inputs * kernel * kernel);
        padding = kernel / 2;
        RegisterComponents();
    }

    /// <summary>[N, inputs, H, W] to [N, outputs, H, W].</summary>
    public override Tensor forward(Tensor input) => nn.functional.conv2d(input, weight.mul(scale), bias, padding: [padding, padding]);
}
