using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Derived;

/// <summary>Options of <c>some-classes</c>.</summary>
public sealed class SomeClassesOptions
{
    /// <summary>What samples are taken from.</summary>
    [Required]
    [Description("The labelled samples of which some are kept: a dataset.")]
    public DatasetChoice? Of { get; set; }

    /// <summary>The classes that are kept.</summary>
    [Required]
    [Description("The classes whose samples are kept, by name or number, counted from 0.")]
    public string[] Classes { get; set; } = [];
}
