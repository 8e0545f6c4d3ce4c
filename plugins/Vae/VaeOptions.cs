using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Vae;

/// <summary>Options of <c>vae</c>.</summary>
public sealed class VaeOptions
{
    /// <summary>What the decoder's output means.</summary>
    [Description("What the decoder's output means: gaussian, the means of normal distributions; or bernoulli, for images, the probability that a pixel is white.")]
    public Likelihood Likelihood { get; set; }

    /// <summary>The deviation of the Gaussian likelihood.</summary>
    [Range(1e-3, 100)]
    [Description("The standard deviation of the Gaussian likelihood, in the range of the samples ([-1, 1] for images): smaller asks for closer reconstructions and leaves the latents less regular.")]
    public double Deviation { get; set; } = 0.5;

    /// <summary>The weight of the divergence.</summary>
    [Range(0.0, 1e6)]
    [Description("The weight β of the divergence from the prior (β-VAE, Higgins et al., ICLR 2017): 1 is the VAE; above, latents are more independent; a schedule from 0 warms up.")]
    public Schedule Beta { get; set; } = 1.0;
}
