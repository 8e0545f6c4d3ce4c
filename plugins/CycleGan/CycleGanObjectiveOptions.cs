using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.CycleGan;

/// <summary>Options of the objective <c>cyclegan</c>.</summary>
public sealed class CycleGanObjectiveOptions
{
    /// <summary>λ, the weight of the cycles.</summary>
    [Range(0.0, 1000.0)]
    [Description("The weight λ of the absolute error of a cycle, in each direction.")]
    public double Cycle { get; set; } = 10;

    /// <summary>The weight of the adversarial term.</summary>
    [Range(0.0, 1000.0)]
    [Description("The weight of the loss of each direction in the generators' updates. 2 with least-squares is the paper's game, whose squares are not halved there.")]
    public double Adversarial { get; set; } = 2;

    /// <summary>The weight of the identity term, as a share of λ.</summary>
    [Range(0.0, 100.0)]
    [Description("The weight, as a share of λ, of what a generator changes in images that are of its target domain already; keeps colours. The paper has 0.5 where it is used. Both domains must have equally many channels.")]
    public double Identity { get; set; }

    /// <summary>How many generated images of each domain are remembered.</summary>
    [Range(0, 10000)]
    [Description("How many generated images of each domain are remembered for the discriminators; 0 shows them the newest only.")]
    public int Pool { get; set; } = 50;
}
