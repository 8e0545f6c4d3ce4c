using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.VaeGan;

/// <summary>Options of <c>vae-gan</c>.</summary>
public sealed class VaeGanOptions
{
    /// <summary>The weight of likeness in the generator's loss.</summary>
    [Range(0, 1e6)]
    [Description("The weight γ of the reconstruction in the generator's loss, beside the game's: greater asks for likeness, smaller for realism. The error is a sum over all features, so that a good weight is small.")]
    public double Similarity { get; set; } = 1e-3;
}
