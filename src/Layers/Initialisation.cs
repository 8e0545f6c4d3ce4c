using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>The initial weights of DCGAN (arXiv:1511.06434, section 3, and the authors' code), which pix2pix and CycleGAN have taken over.</summary>
public static class Initialisation
{
    private const double Deviation = 0.02;

    /// <summary>Layers N(0, 0.02), batch normalisation N(1, 0.02), biases 0; embeddings stay N(0, 1), as the latent is. Draws from torch's global generator.</summary>
    public static void InitialiseAsDcGan(this nn.Module network)
    {
        foreach (var module in network.modules())
        {
            switch (module)
            {
                case Conv2d layer:
                    Draw(layer.weight, 0, layer.bias);
                    break;
                case ConvTranspose2d layer:
                    Draw(layer.weight, 0, layer.bias);
                    break;
                case Linear layer:
                    Draw(layer.weight, 0, layer.bias);
                    break;
                case BatchNorm2d norm:
                    Draw(norm.weight, 1, norm.bias);
                    break;
            }
        }
    }

    private static void Draw(Parameter? weight, double mean, Parameter? bias)
    {
        if (weight is not null)
            nn.init.normal_(weight, mean, Deviation);
        if (bias is not null)
            nn.init.zeros_(bias);
    }
}
