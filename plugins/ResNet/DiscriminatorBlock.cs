using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.ResNet;

/// <summary>
/// A residual block without batch norm (arXiv:1802.05957, figures 9a and 9c): ReLU, 3×3, ReLU, 3×3, and where it halves the resolution an average of 2×2,
/// beside a 1×1 of the input where the shape changes. The block at the image has no first ReLU.
/// </summary>
internal sealed class DiscriminatorBlock : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> residue;
    private readonly Module<Tensor, Tensor>? shortcut;

    /// <param name="inputs">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="place">Where the block stands.</param>
    /// <param name="normalised">Wraps each convolution: spectral normalisation, or nothing.</param>
    public DiscriminatorBlock(int inputs, int outputs, BlockPlace place, Func<Module<Tensor, Tensor>, Module<Tensor, Tensor>> normalised)
        : base(nameof(DiscriminatorBlock))
    {
        var layers = Sequential();
        if (place != BlockPlace.AtImage)
            layers.append("activation1", ReLU());
        layers.append("conv1", normalised(Conv2d(inputs, outputs, 3, padding: 1).Initialised(Initialisation.Residual)));
        layers.append("activation2", ReLU());
        layers.append("conv2", normalised(Conv2d(outputs, outputs, 3, padding: 1).Initialised(Initialisation.Residual)));
        if (place != BlockPlace.Innermost)
        {
            layers.append("down", AvgPool2d(2));
            // The average stands first: it commutes with the 1×1, which then has a quarter of the work.
            shortcut = Sequential(("down", AvgPool2d(2)), ("conv", normalised(Conv2d(inputs, outputs, 1).Initialised())));
        }
        residue = layers;
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] to [N, outputs, H/2, W/2]; innermost to the same shape.</summary>
    public override Tensor forward(Tensor input) => residue.call(input).add(shortcut is null ? input : shortcut.call(input), One);
}
