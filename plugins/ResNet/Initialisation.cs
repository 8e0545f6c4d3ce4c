using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Plugins.ResNet;

/// <summary>The initial weights of SNGAN's residual networks (arXiv:1802.05637, authors' code): Glorot's uniform, biases 0. Draws from torch's global generator.</summary>
internal static class Initialisation
{
    /// <summary>The gain of the 3×3 convolutions of a block, before which a ReLU halves the variance.</summary>
    public static readonly double Residual = Math.Sqrt(2);

    /// <summary>Draws the weights of a convolution; returns it.</summary>
    public static Conv2d Initialised(this Conv2d layer, double gain = 1)
    {
        Draw(layer.weight, layer.bias, gain);
        return layer;
    }

    /// <summary>Draws the weights of a linear layer; returns it.</summary>
    public static Linear Initialised(this Linear layer)
    {
        Draw(layer.weight, layer.bias, 1);
        return layer;
    }

    private static void Draw(Parameter weight, Parameter? bias, double gain)
    {
        nn.init.xavier_uniform_(weight, gain);
        if (bias is not null)
            nn.init.zeros_(bias);
    }
}
