using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.AnoGan;

/// <summary>Options of <c>anomaly-auroc</c>.</summary>
public sealed class AnomalyOptions
{
    /// <summary>The classes that are normal.</summary>
    [Required]
    [Description("The classes that are normal, by name or number, counted from 0; samples of all others are anomalies.")]
    public string[] Normal { get; set; } = [];

    /// <summary>κ.</summary>
    [Range(0, 1000)]
    [Description("The weight κ of the feature residual in the score, beside that of the samples; as in the objective.")]
    public double Residual { get; set; } = 1;

    /// <summary>Samples in a batch.</summary>
    [Range(1, 100000)]
    [Description("Samples that are scored at once.")]
    public int Batch { get; set; } = 500;
}
