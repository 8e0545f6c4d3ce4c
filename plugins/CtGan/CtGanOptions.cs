using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.CtGan;

/// <summary>Options of the architecture <c>ctgan</c>; the defaults are the paper's.</summary>
public sealed class CtGanOptions
{
    /// <summary>The size of the latent.</summary>
    [Range(1, 65536)]
    [Description("How many standard normal values a row is made from.")]
    public int Latent { get; set; } = 128;

    /// <summary>The generator's layers.</summary>
    [Range(1, 65536)]
    [Description("The widths of the generator's hidden layers; each adds its outputs to what it was given.")]
    public int[] GeneratorWidths { get; set; } = [256, 256];

    /// <summary>The critic's layers.</summary>
    [Range(1, 65536)]
    [Description("The widths of the critic's hidden layers.")]
    public int[] CriticWidths { get; set; } = [256, 256];

    /// <summary>The critic's dropout.</summary>
    [Range(0.0, 0.95)]
    [Description("The share of the critic's hidden values that each pass leaves out.")]
    public double Dropout { get; set; } = 0.5;

    /// <summary>How many rows the critic judges together.</summary>
    [Range(1, 1000)]
    [Description("How many rows the critic judges together (PacGAN, arXiv:1712.04086); the batch is a multiple of it.")]
    public int Pack { get; set; } = 10;

    /// <summary>How many modes a column may have.</summary>
    [Range(1, 100)]
    [Description("The most modes that a continuous column is described by; those with a weight of 0.005 or less are dropped.")]
    public int Modes { get; set; } = 10;

    /// <summary>The temperature of the Gumbel-softmax.</summary>
    [Range(0.01, 10.0)]
    [Description("The temperature at which modes and categories are drawn in training: lower is nearer to one-hot.")]
    public double Temperature { get; set; } = 0.2;
}
