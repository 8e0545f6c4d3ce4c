using System.ComponentModel;

namespace PluginGan.Plugins.DcGan;

/// <summary>What architectures with a discriminator of images are told.</summary>
public abstract class DiscriminatorOptions : ImageOptions
{
    /// <summary>Whether the model is told the classes.</summary>
    [Description("Makes the networks class-conditional: the generator (and encoder) is given the class, the discriminator is a projection discriminator (arXiv:1802.05637). Needs labelled data.")]
    public bool Conditional { get; set; }

    /// <summary>Whether the discriminator of a conditional model is told the classes too.</summary>
    [Description("Whether a conditional model's discriminator is given the class too; false for games that ask it for the class instead (AC-GAN).")]
    public bool Projection { get; set; } = true;

    /// <summary>Whether the discriminator's weights are spectrally normalised.</summary>
    [Description("Spectral normalisation (arXiv:1802.05957) of every weight of the discriminator; usually with discriminatorNorm none.")]
    public bool SpectralNorm { get; set; }

    /// <summary>How the discriminator's activations are normalised.</summary>
    [Description("Normalisation between the discriminator's layers: batch or none. None is usual with a gradient penalty (WGAN-GP, R1), which is defined for each sample alone: batch norm mixes the samples of a batch into it.")]
    public DiscriminatorNorm DiscriminatorNorm { get; set; } = DiscriminatorNorm.Batch;
}
