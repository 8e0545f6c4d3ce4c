using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.R3Gan;

/// <summary>Options of <c>r3gan</c>.</summary>
public sealed class R3GanOptions
{
    /// <summary>The channels at the image's own resolution.</summary>
    [Range(4, 1024)]
    [Description("The channel count at the image's own resolution; each half of the resolution has twice as many, up to greatestFactor times.")]
    public int Width { get; set; } = 32;

    /// <summary>Bounds the channels of the inner maps.</summary>
    [Range(1, 64)]
    [Description("The innermost maps have at most so many times the width; with 1 all maps have the same, as in the paper's network for CIFAR-10 (width 768).")]
    public int GreatestFactor { get; set; } = 4;

    /// <summary>How many channels a group of the grouped convolutions has.</summary>
    [Range(1, 1024)]
    [Description("Channels in each group of the 3×3 convolutions; the channels within a block, twice those of its map, must be a multiple of it. The authors' networks have 16, for ImageNet 32.")]
    public int GroupWidth { get; set; } = 16;

    /// <summary>Residual blocks at each resolution.</summary>
    [Range(1, 8)]
    [Description("Residual blocks at each resolution, in either network. The paper's networks have 2.")]
    public int Blocks { get; set; } = 2;

    /// <summary>The size of the latent.</summary>
    [Range(1, 65536)]
    [Description("How many standard normal values an image is made from.")]
    public int Latent { get; set; } = 64;

    /// <summary>Whether the model is told the classes.</summary>
    [Description("Makes both networks class-conditional: an embedding beside the generator's latent, a projection at the discriminator's verdict. Needs labelled data.")]
    public bool Conditional { get; set; }
}
