using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.DcGan;

/// <summary>What all architectures of DCGAN's networks are told.</summary>
public abstract class ImageOptions
{
    /// <summary>The channel count that all others are multiples of.</summary>
    [Range(4, 1024)]
    [Description("The base channel count: the layers next to the image have this many (twice as many at 28 pixels), the innermost four to eight times as many.")]
    public int Width { get; set; } = 64;

    /// <summary>The size of the normal latent.</summary>
    [Range(1, 65536)]
    [Description("How many standard normal values an image is made from.")]
    public int Latent { get; set; } = 100;
}
