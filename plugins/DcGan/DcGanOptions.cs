using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.DcGan;

/// <summary>Options of <c>dcgan</c>.</summary>
public sealed class DcGanOptions
{
    /// <summary>The channel count that all others are multiples of.</summary>
    [Range(4, 1024)]
    [Description("The base channel count: the layers next to the image have this many (twice as many at 28 pixels), the innermost four to eight times as many.")]
    public int Width { get; set; } = 64;

    /// <summary>The size of the latent.</summary>
    [Range(1, 65536)]
    [Description("How many standard normal values an image is made from.")]
    public int Latent { get; set; } = 100;

    /// <summary>Whether the model is told the classes.</summary>
    [Description("Makes both networks class-conditional: the generator is given the class, the discriminator is a projection discriminator (arXiv:1802.05637). Needs labelled data.")]
    public bool Conditional { get; set; }

    /// <summary>Whether the discriminator's weights are spectrally normalised.</summary>
    [Description("Spectral normalisation (arXiv:1802.05957) of every weight of the discriminator; usually with discriminatorNorm none.")]
    public bool SpectralNorm { get; set; }

    /// <summary>How the discriminator's activations are normalised.</summary>
    [Description("Normalisation between the discriminator's layers: batch or none. Must be none with a gradient penalty (WGAN-GP, R1), which is defined for each sample alone.")]
    public DiscriminatorNorm DiscriminatorNorm { get; set; } = DiscriminatorNorm.Batch;
}
