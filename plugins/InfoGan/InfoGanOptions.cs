using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.InfoGan;

/// <summary>Options of <c>infogan</c>.</summary>
public sealed class InfoGanOptions
{
    /// <summary>λ of categorical codes.</summary>
    [Range(0, 1000)]
    [Description("The weight λ of what samples tell of their categorical codes.")]
    public double Categorical { get; set; } = 1;

    /// <summary>λ of continuous codes.</summary>
    [Range(0, 1000)]
    [Description("The weight λ of what samples tell of their continuous codes; smaller, so that it is of the scale of the game.")]
    public double Continuous { get; set; } = 0.1;

    /// <summary>The width of Q's hidden layer.</summary>
    [Range(1, 65536)]
    [Description("Units of the hidden layer with which codes are recognised in the discriminator's features.")]
    public int Hidden { get; set; } = 128;
}
