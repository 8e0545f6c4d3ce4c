using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Derived;

/// <summary>Options of <c>stacked</c>.</summary>
public sealed class StackedOptions
{
    /// <summary>What is stacked.</summary>
    [Required]
    [Description("The grey images that are stacked: a dataset.")]
    public DatasetChoice? Of { get; set; }

    /// <summary>How many stacks; 0 for as many as there are images.</summary>
    [Range(0, int.MaxValue)]
    [Description("How many stacks are drawn; 0 for as many as there are images.")]
    public int Count { get; set; }

    /// <summary>Whether a stack comes with its mode.</summary>
    [Description("Whether each stack comes with its mode as class: the classes of its channels as digits, the first channel's first.")]
    public bool Labels { get; set; } = true;

    /// <summary>Which images come together.</summary>
    [Range(0, 9e15)]
    [Description("Which images come together depends on nothing else.")]
    public long Seed { get; set; }
}
