using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.AnoGan;

/// <summary>Options of <c>f-anogan</c>.</summary>
public sealed class FAnoGanOptions
{
    /// <summary>The share of the run that trains the GAN.</summary>
    [Range(0.01, 0.99)]
    [Description("The share of the run in which generator and discriminator are trained; in the rest the encoder is, with both frozen.")]
    public double Share { get; set; } = 0.6;

    /// <summary>Updates of the discriminator for each of the generator.</summary>
    [Range(1, 100)]
    [Description("Updates of the discriminator for each of the generator.")]
    public int DiscriminatorSteps { get; set; } = 5;

    /// <summary>The weight of the gradient penalty.</summary>
    [Range(0, 10000)]
    [Description("The weight of the gradient penalty (arXiv:1704.00028).")]
    public double Penalty { get; set; } = 10;

    /// <summary>κ.</summary>
    [Range(0, 1000)]
    [Description("The weight κ of the feature residual in the encoder's loss, beside that of the samples.")]
    public double Residual { get; set; } = 1;
}
