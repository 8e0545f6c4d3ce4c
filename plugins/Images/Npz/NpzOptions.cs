using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Images.Npz;

/// <summary>Options of <c>npz</c>.</summary>
public sealed class NpzOptions
{
    /// <summary>The file.</summary>
    [Required]
    [Description("The .npz file, its path relative to the working folder, with the arrays SPLIT_images (uint8, [N, H, W] or [N, H, W, 3]) and SPLIT_labels (integers, [N] or [N, 1]).")]
    [LocalPath]
    public string Path { get; set; } = "";

    /// <summary>Which arrays.</summary>
    [Description("Which arrays are read: train_…, val_… or test_….")]
    public NpzSplit Split { get; set; } = NpzSplit.Train;

    /// <summary>Whether the classes come with the images.</summary>
    [Description("Whether each image comes with its class; false makes the data unlabelled, and label arrays are not needed.")]
    public bool Labels { get; set; } = true;

    /// <summary>The class names.</summary>
    [Description("The names of the classes in the order of their numbers; empty: the numbers, up to the largest of the file.")]
    public string[] Classes { get; set; } = [];

    /// <summary>How many images, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    [Description("Only the first so many images of the split; 0 takes all.")]
    public int Subset { get; set; }
}
