using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Tables;

/// <summary>Options of <c>by-category</c>.</summary>
public sealed class ByCategoryOptions
{
    /// <summary>The table.</summary>
    [Required]
    [Description("The table that rows are drawn from: a dataset.")]
    public DatasetChoice? Of { get; set; }
}
