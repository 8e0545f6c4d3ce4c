using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.DcGan;

/// <summary>Options of <c>dcgan</c>.</summary>
public sealed class DcGanOptions : DiscriminatorOptions
{
    /// <summary>The size of the categorical code.</summary>
    [Range(0, 1000)]
    [Description("Categories of a one-hot code beside the normal latent, each equally likely (InfoGAN, arXiv:1606.03657); 0 for none.")]
    public int Categorical { get; set; }

    /// <summary>The size of the continuous code.</summary>
    [Range(0, 1000)]
    [Description("Values of a code beside the normal latent, uniform from -1 to 1 (InfoGAN, arXiv:1606.03657); 0 for none.")]
    public int Continuous { get; set; }
}
