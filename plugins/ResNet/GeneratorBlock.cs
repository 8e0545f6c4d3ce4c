using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.ResNet;

/// <summary>
/// A residual block that doubles the resolution (arXiv:1802.05957, figure 9b): batch norm, ReLU, up, 3×3, batch norm, ReLU, 3×3, beside a 1×1 of the input.
/// The 1×1 stands before the nearest-neighbour upsampling, which gives the same for a quarter of the work. Biases would be subtracted again by the batch norms behind them.
/// </summary>
internal sealed class GeneratorBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly ConditionalBatchNorm norm1, norm2;
    private readonly Module<Tensor, Tensor> conv1, conv2, shortcut, activation, up;

    public GeneratorBlock(int inputs, int outputs, int? classes)
        : base(nameof(GeneratorBlock))
    {
        norm1 = new ConditionalBatchNorm(inputs, classes);
        conv1 = Conv2d(inputs, outputs, 3, padding: 1, bias: false).Initialised(Initialisation.Residual);
        norm2 = new ConditionalBatchNorm(outputs, classes);
        conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false).Initialised(Initialisation.Residual);
        shortcut = Conv2d(inputs, outputs, 1, bias: false).Initialised();
        activation = ReLU();
        up = Upsample(scale_factor: [2, 2], mode: UpsampleMode.Nearest);
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] and class [N] to [N, outputs, 2·H, 2·W].</summary>
    public override Tensor forward(Tensor input, Tensor? condition)
    {
        var inner = conv1.call(up.call(activation.call(norm1.call(input, condition))));
        var residue = conv2.call(activation.call(norm2.call(inner, condition)));
        return residue.add(up.call(shortcut.call(input)), One);
    }
}
