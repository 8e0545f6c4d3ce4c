using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Plugins.R3Gan;

/// <summary>A bias for each channel, at first 0, then LeakyReLU of slope 0.2: the only place where R3GAN has biases.</summary>
internal sealed class BiasedActivation : nn.Module<Tensor, Tensor>
{
    private static readonly Scalar One = 1.0;

    private readonly Parameter bias;
    private readonly LeakyRelu activation = new(0.2);

    public BiasedActivation(int channels)
        : base(nameof(BiasedActivation))
    {
        bias = Learned.From(zeros(channels, 1, 1));
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] to the same shape.</summary>
    public override Tensor forward(Tensor input) => activation.call(input.add(bias, One));
}
