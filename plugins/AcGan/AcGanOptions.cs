using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.AcGan;

/// <summary>Options of <c>ac-gan</c>.</summary>
public sealed class AcGanOptions
{
    /// <summary>The weight of the classes.</summary>
    [Range(0, 1000)]
    [Description("The weight of the classifier's cross-entropy beside the game; 1 in the paper.")]
    public double Classes { get; set; } = 1;
}
