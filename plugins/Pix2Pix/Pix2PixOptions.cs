using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Pix2Pix;

/// <summary>Options of <c>pix2pix</c>.</summary>
public sealed class Pix2PixOptions
{
    /// <summary>The channels of the outermost map of both networks.</summary>
    [Range(4, 1024)]
    [Description("Channels of the outermost map of both networks; they double with each halving, up to eight times as many.")]
    public int Width { get; set; } = 64;

    /// <summary>How often the generator halves the image.</summary>
    [Range(2, 10)]
    [Description("How often the generator halves the image: 4 at 28 pixels and 8 at 256 leave a single one, as in the paper.")]
    public int Depth { get; set; } = 4;

    /// <summary>The probability with which the generator drops values.</summary>
    [Range(0.0, 0.9)]
    [Description("The probability with which values in the generator's three innermost expanding layers are dropped: the paper's only noise. 0 for none. Samples are made without.")]
    public double Dropout { get; set; } = 0.5;

    /// <summary>How often the discriminator halves the image.</summary>
    [Range(1, 6)]
    [Description("How often the discriminator halves the image: 1, 2, 3 and 4 judge patches of 16, 34, 70 and 142 pixels a side.")]
    public int DiscriminatorDepth { get; set; } = 2;
}
