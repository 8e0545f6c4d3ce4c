using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Plugins.R3Gan;

/// <summary>The initial weights of R3GAN (arXiv:2501.05441, section 4.2, and the authors' code): N(0, gain² / fan-in), biases 0. Draws from torch's global generator.</summary>
internal static class Initialisation
{
    /// <summary>The slope of LeakyReLU below 0.</summary>
    public const double Slope = 0.2;

    // What keeps the variance through the activation.
    private static readonly double Activation = Math.Sqrt(2 / (1 + (Slope * Slope)));

    /// <summary>
    /// The gain of the first two convolutions of a residual block: in a network of <paramref name="blocks"/> blocks of three layers, fix-up (arXiv:1901.09321)
    /// scales all but the last by blocks^(-1/(2·3 - 2)).
    /// </summary>
    public static double Residual(int blocks) => Activation * Math.Pow(blocks, -0.25);

    /// <summary>Draws the weights of a convolution; returns it. A gain of 0 makes it zero.</summary>
    public static Conv2d Initialised(this Conv2d layer, double gain = 1)
    {
        Draw(layer.weight, gain);
        if (layer.bias is { } bias)
            nn.init.zeros_(bias);
        return layer;
    }

    /// <summary>Draws the weights of a linear layer; returns it.</summary>
    public static Linear Initialised(this Linear layer, double gain = 1)
    {
        Draw(layer.weight, gain);
        return layer;
    }

    private static void Draw(Parameter weight, double gain)
    {
        var inputs = weight.NumberOfElements / weight.shape[0];
        nn.init.normal_(weight, 0, gain / Math.Sqrt(inputs));
    }
}
