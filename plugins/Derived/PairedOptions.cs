using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Derived;

/// <summary>Options of <c>paired</c>.</summary>
public sealed class PairedOptions : TranslationOptions
{
    /// <summary>The images that a translation arrives at.</summary>
    [Required]
    [Description("The images that the translation arrives at: a dataset.")]
    public DatasetChoice? Of { get; set; }
}
