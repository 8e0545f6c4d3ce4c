using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Derived;

/// <summary>How the images that a translation starts from are made.</summary>
public abstract class TranslationOptions
{
    /// <summary>What the translation starts from.</summary>
    [Description("What the translation starts from: black edges on white, the luminance of colours, an image with noise, or one with a grey square.")]
    public TranslationTask Task { get; set; }

    /// <summary>Standard deviation of the noise.</summary>
    [Range(0.0, 2.0)]
    [Description("noisyToClean: the standard deviation of the noise; images have the range -1 to 1.")]
    public double Noise { get; set; } = 0.4;

    /// <summary>Share of the area that is masked.</summary>
    [Range(0.0, 1.0)]
    [Description("maskedToWhole: the share of the image that the square hides.")]
    public double Mask { get; set; } = 0.25;
}
