using System.ComponentModel;

namespace PluginGan.Plugins.DcGan;

/// <summary>Options of <c>dcgan-bigan</c>.</summary>
public sealed class DcGanBiGanOptions : ImageOptions
{
    /// <summary>Whether the encoder gives a distribution.</summary>
    [Description("Whether the encoder gives a normal distribution for each image (ALI, arXiv:1606.00704) instead of one latent (BiGAN, arXiv:1605.09782).")]
    public bool Stochastic { get; set; }

    /// <summary>Whether the discriminator's weights are spectrally normalised.</summary>
    [Description("Spectral normalisation (arXiv:1802.05957) of every weight of the discriminator; usually with discriminatorNorm none.")]
    public bool SpectralNorm { get; set; }

    /// <summary>How the discriminator's activations are normalised.</summary>
    [Description("Normalisation between the discriminator's convolutions: batch or none.")]
    public DiscriminatorNorm DiscriminatorNorm { get; set; } = DiscriminatorNorm.Batch;
}
