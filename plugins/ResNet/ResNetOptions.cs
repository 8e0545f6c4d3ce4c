using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.ResNet;

/// <summary>Options of <c>resnet</c>.</summary>
public sealed class ResNetOptions
{
    /// <summary>The channels at the image's own resolution.</summary>
    [Range(4, 1024)]
    [Description("The channel count at the image's own resolution; each half of the resolution has twice as many, up to greatestFactor times.")]
    public int Width { get; set; } = 64;

    /// <summary>Bounds the channels of the inner maps.</summary>
    [Range(1, 64)]
    [Description("The innermost maps have at most so many times the width: 16 is the paper's for 64 and 128 pixels; with 1 all maps have the same, as in its network for CIFAR-10 (width 256).")]
    public int GreatestFactor { get; set; } = 16;

    /// <summary>The size of the latent.</summary>
    [Range(1, 65536)]
    [Description("How many standard normal values an image is made from.")]
    public int Latent { get; set; } = 128;

    /// <summary>Whether the model is told the classes.</summary>
    [Description("Makes both networks class-conditional (arXiv:1802.05637): conditional batch normalisation in the generator, a projection discriminator. Needs labelled data.")]
    public bool Conditional { get; set; }

    /// <summary>Whether the discriminator's weights are spectrally normalised.</summary>
    [Description("Spectral normalisation (arXiv:1802.05957) of every weight of the discriminator. Without it the discriminator, which has no other normalisation, wants a gradient penalty.")]
    public bool SpectralNorm { get; set; } = true;

    /// <summary>The resolution at which places attend to one another; 0 for none.</summary>
    [Range(0, 128)]
    [Description("The side of the map, in both networks, at which places attend to one another (SAGAN, arXiv:1805.08318): 14 for images of 28 pixels, 32 for 64 and 128; 0 for none.")]
    public int AttentionAt { get; set; }
}
