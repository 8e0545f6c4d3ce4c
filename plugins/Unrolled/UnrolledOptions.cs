using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Unrolled;

/// <summary>Options of <c>unrolled</c>.</summary>
public sealed class UnrolledOptions
{
    /// <summary>K of the paper.</summary>
    [Range(0, 100)]
    [Description("How many updates of the discriminator the generator sees ahead, as the paper counts; 0 is the usual GAN.")]
    public int Steps { get; set; } = 5;
}
