using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.StyleGan;

/// <summary>Options of <c>style-gan</c>.</summary>
public sealed class StyleGanOptions
{
    /// <summary>The channels at the image's own resolution.</summary>
    [Range(2, 1024)]
    [Description("The channel count at the image's own resolution; each half of the resolution has twice as many, up to greatestFactor times.")]
    public int Width { get; set; } = 32;

    /// <summary>Bounds the channels of the inner maps.</summary>
    [Range(1, 64)]
    [Description("The innermost maps have at most so many times the width.")]
    public int GreatestFactor { get; set; } = 8;

    /// <summary>The size of the latent.</summary>
    [Range(1, 65536)]
    [Description("How many standard normal values an image is made from; they are normalised, so that their direction alone counts.")]
    public int Latent { get; set; } = 128;

    /// <summary>The size of a style.</summary>
    [Range(1, 65536)]
    [Description("How many values a style has: what the mapping network makes of a latent.")]
    public int Style { get; set; } = 128;

    /// <summary>Layers of the mapping network.</summary>
    [Range(1, 16)]
    [Description("Layers of the mapping network: 8 in the paper, 2 in the later configurations for small images.")]
    public int MappingLayers { get; set; } = 2;

    /// <summary>The learning rate of the mapping network.</summary>
    [Range(1e-4, 1)]
    [Description("The learning rate of the mapping network, relative to the generator's: 0.01 in the paper.")]
    public double MappingRate { get; set; } = 0.01;

    /// <summary>Whether noise is added within the generator.</summary>
    [Description("Adds noise of a learned strength at every convolution of the generator, so that latents need not say where each detail lies. An image of a latent is then no longer always the same.")]
    public bool Noise { get; set; } = true;

    /// <summary>The group size of the minibatch standard deviation.</summary>
    [Range(1, 1024)]
    [Description("How many samples at a time are compared by the discriminator's minibatch standard deviation; with 1 each sample is judged by itself.")]
    public int DeviationGroup { get; set; } = 4;

    /// <summary>Whether the model is told the classes.</summary>
    [Description("Makes the model class-conditional: an embedding beside the mapping network's latent, a projection discriminator (arXiv:1802.05637). Needs labelled data.")]
    public bool Conditional { get; set; }
}
