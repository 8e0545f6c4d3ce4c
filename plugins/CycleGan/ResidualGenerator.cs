using PluginGan.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.CycleGan;

/// <summary>
/// The generator of arXiv:1703.10593, appendix 7.2 (after arXiv:1603.08155): image [N, S, H, W] to image [N, C, H, W] in [-1, 1], where H and W are multiples of four. Two convolutions halve, residual blocks work at a
/// quarter of the size, two transposed convolutions double.
/// </summary>
internal sealed class ResidualGenerator : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layers;

    public ResidualGenerator(int sourceChannels, int targetChannels, CycleGanOptions options)
        : base(nameof(ResidualGenerator))
    {
        long width = options.Width;
        var sequence = Sequential(
            ("pad1", ReflectionPad2d(3)),
            ("convolution1", Conv2d(sourceChannels, width, 7, bias: false)),
            ("norm1", InstanceNorm2d(width)),
            ("activation1", ReLU(inplace: true)));
        for (var (stage, channels) = (1, width); stage <= 2; stage++, channels *= 2)
        {
            sequence.append($"down{stage}", Conv2d(channels, 2 * channels, 3, stride: 2, padding: 1, bias: false));
            sequence.append($"down_norm{stage}", InstanceNorm2d(2 * channels));
            sequence.append($"down_activation{stage}", ReLU(inplace: true));
        }
        for (var block = 1; block <= options.Blocks; block++)
            sequence.append($"block{block}", new ResidualBlock(4 * width));
        for (var (stage, channels) = (1, 4 * width); stage <= 2; stage++, channels /= 2)
        {
            sequence.append($"up{stage}", ConvTranspose2d(channels, channels / 2, 3, stride: 2, padding: 1, output_padding: 1, bias: false));
            sequence.append($"up_norm{stage}", InstanceNorm2d(channels / 2));
            sequence.append($"up_activation{stage}", ReLU(inplace: true));
        }
        sequence.append("pad2", ReflectionPad2d(3));
        sequence.append("image", Conv2d(width, targetChannels, 7));
        sequence.append("range", Tanh());
        layers = sequence;
        RegisterComponents();
        this.InitialiseAsDcGan();
    }

    /// <summary>[N, S, H, W] to [N, C, H, W].</summary>
    public override Tensor forward(Tensor images) => layers.call(images);
}
