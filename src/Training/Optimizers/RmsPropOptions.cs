using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Training;

/// <summary>Options of <c>rmsprop</c>, with the defaults of torch.optim.RMSprop.</summary>
public sealed class RmsPropOptions
{
    /// <summary>The decay of the mean of squared gradients.</summary>
    [Range(0.0, 0.999999)]
    [Description("The decay of the mean of squared gradients; may follow a schedule.")]
    public Schedule Alpha { get; set; } = 0.99;

    /// <summary>Added to the denominator.</summary>
    [Range(1e-30, 1.0)]
    [Description("Added to the denominator.")]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>How much of the last step is made again.</summary>
    [Range(0.0, 0.999999)]
    [Description("How much of the last step is made again; may follow a schedule.")]
    public Schedule Momentum { get; set; } = 0;

    /// <summary>How strongly weights are drawn to zero.</summary>
    [Range(0.0, 1e6)]
    [Description("How strongly weights are drawn to zero: added to the gradient.")]
    public double WeightDecay { get; set; }
}
