using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Training;

/// <summary>Options of <c>sgd</c>.</summary>
public sealed class SgdOptions
{
    /// <summary>How much of the last step is made again.</summary>
    [Range(0.0, 0.999999)]
    [Description("How much of the last step is made again; may follow a schedule.")]
    public Schedule Momentum { get; set; } = 0;

    /// <summary>Whether the gradient is taken to be that behind the next step of the momentum.</summary>
    [Description("Nesterov's momentum; needs a momentum above 0.")]
    public bool Nesterov { get; set; }

    /// <summary>How strongly weights are drawn to zero.</summary>
    [Range(0.0, 1e6)]
    [Description("How strongly weights are drawn to zero: added to the gradient.")]
    public double WeightDecay { get; set; }
}
