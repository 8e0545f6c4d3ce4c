using System.ComponentModel;

namespace PluginGan.Plugins.Pix2Pix;

/// <summary>Options of <c>paired-distance</c>.</summary>
public sealed class PairedDistanceOptions
{
    /// <summary>What is averaged over all values.</summary>
    [Description("What is averaged over all values: absolute differences (L1), or squared ones (L2), which blur more.")]
    public Distance Distance { get; set; }
}
