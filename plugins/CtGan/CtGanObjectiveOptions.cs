using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.CtGan;

/// <summary>Options of the objective <c>ctgan</c>; the defaults are the paper's.</summary>
public sealed class CtGanObjectiveOptions
{
    /// <summary>The weight of the gradient penalty.</summary>
    [Range(0.0, 1e6)]
    [Description("The weight of the gradient penalty (WGAN-GP, arXiv:1704.00028).")]
    public double GradientPenalty { get; set; } = 10;

    /// <summary>Critic updates in an iteration.</summary>
    [Range(1, 100)]
    [Description("Updates of the critic for each one of the generator.")]
    public int CriticSteps { get; set; } = 1;
}
