using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.CycleGan;

/// <summary>Options of the architecture <c>cyclegan</c>.</summary>
public sealed class CycleGanOptions
{
    /// <summary>The channels of the outermost map of every network.</summary>
    [Range(4, 1024)]
    [Description("Channels of the outermost map of every network; the generators have four times as many innermost.")]
    public int Width { get; set; } = 64;

    /// <summary>The residual blocks of each generator.</summary>
    [Range(1, 64)]
    [Description("Residual blocks of each generator, at a quarter of the image's size; the paper has 6 at 128 pixels and 9 at 256.")]
    public int Blocks { get; set; } = 6;

    /// <summary>How often a discriminator halves the image.</summary>
    [Range(1, 6)]
    [Description("How often a discriminator halves the image: 1, 2, 3 and 4 judge patches of 16, 34, 70 and 142 pixels a side.")]
    public int DiscriminatorDepth { get; set; } = 2;
}
