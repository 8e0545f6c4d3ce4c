using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Training;

/// <summary>Options of <c>adam</c>; the defaults are those that DCGAN uses (arXiv:1511.06434).</summary>
public class AdamOptions
{
    /// <summary>The decay of the mean of gradients.</summary>
    [Range(0.0, 0.999999)]
    [Description("The decay of the mean of gradients; may follow a schedule.")]
    public Schedule Beta1 { get; set; } = 0.5;

    /// <summary>The decay of the mean of squared gradients.</summary>
    [Range(0.0, 0.999999)]
    [Description("The decay of the mean of squared gradients; may follow a schedule.")]
    public Schedule Beta2 { get; set; } = 0.999;

    /// <summary>Added to the denominator.</summary>
    [Range(1e-30, 1.0)]
    [Description("Added to the denominator.")]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>How strongly weights are drawn to zero.</summary>
    [Range(0.0, 1e6)]
    [Description("How strongly weights are drawn to zero: added to the gradient by adam, taken from the weights themselves by adamw (arXiv:1711.05101).")]
    public double WeightDecay { get; set; }
}
