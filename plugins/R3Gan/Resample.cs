using PluginGan.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.R3Gan;

/// <summary>
/// The way from one resolution to the next: the filter [1, 3, 3, 1], and a 1×1 where the channels change, always at the lower resolution, where it costs a quarter and
/// gives the same.
/// </summary>
internal sealed class Resample : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>? down, channels;

    public Resample(int inputs, int outputs, bool up)
        : base(nameof(Resample))
    {
        if (!up)
            down = new BlurPool2d(inputs);
        if (inputs != outputs)
            channels = Conv2d(inputs, outputs, 1, bias: false).Initialised();
        RegisterComponents();
    }

    /// <summary>[N, inputs, H, W] to [N, outputs, 2·H, 2·W], or half as many rows and columns.</summary>
    public override Tensor forward(Tensor input) => down is null ? Resampling.Up(Channels(input)) : Channels(down.call(input));

    private Tensor Channels(Tensor map) => channels is null ? map : channels.call(map);
}
