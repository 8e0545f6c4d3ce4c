using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Tables;

/// <summary>Options of <c>as-table</c>.</summary>
public sealed class AsTableOptions
{
    /// <summary>The points.</summary>
    [Required]
    [Description("The points that become rows: a dataset.")]
    public DatasetChoice? Of { get; set; }

    /// <summary>What the columns are called.</summary>
    [Description("A name for each coordinate; x1, x2, ... where none are given. A class stands in a last column, 'class'.")]
    public string[] Names { get; set; } = [];
}
