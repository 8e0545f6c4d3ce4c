using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Progressive;

/// <summary>Options of <c>progressive</c>.</summary>
public sealed class ProgressiveOptions
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

    /// <summary>How long each lower resolution is trained.</summary>
    [Range(0.001, 0.5)]
    [Description("The share of the run for each resolution below the image's own; what is left belongs to that. Images of 28 and 32 pixels have 2 and 3 lower ones, of 64 pixels 4.")]
    public double StageShare { get; set; } = 0.15;

    /// <summary>How much of a stage is spent on fading in.</summary>
    [Range(0.0, 1.0)]
    [Description("The share of a stage in which its new layers are faded in; half in the paper. 0 switches at once.")]
    public double Fade { get; set; } = 0.5;

    /// <summary>The group size of the minibatch standard deviation.</summary>
    [Range(1, 1024)]
    [Description("How many samples at a time are compared by the discriminator's minibatch standard deviation; with 1 each sample is judged by itself.")]
    public int DeviationGroup { get; set; } = 4;

    /// <summary>Whether the model is told the classes.</summary>
    [Description("Makes both networks class-conditional: an embedding beside the generator's latent, a projection discriminator (arXiv:1802.05637). Needs labelled data.")]
    public bool Conditional { get; set; }
}
