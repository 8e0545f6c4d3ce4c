using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Derived;

/// <summary>Options of <c>unpaired</c>.</summary>
public sealed class UnpairedOptions : TranslationOptions
{
    /// <summary>The images that a translation arrives at.</summary>
    [Required]
    [Description("The images that the translation arrives at: a dataset.")]
    public DatasetChoice? Of { get; set; }

    /// <summary>The images that it starts from.</summary>
    [Description("The images that it starts from: a dataset; left out, they are made by 'task' from other images of 'of'.")]
    public DatasetChoice? From { get; set; }
}
