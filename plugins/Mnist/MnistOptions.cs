using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Mnist;

/// <summary>Options of <c>mnist</c>, <c>fashion-mnist</c> and <c>kmnist</c>.</summary>
public sealed class MnistOptions
{
    /// <summary>A folder with the IDX files.</summary>
    [Description("A folder, relative to the working folder, that holds the IDX files, plain or gzipped, images of any size; empty: the data folder, and a download where they are not there yet.")]
    [LocalPath]
    public string Path { get; set; } = "";

    /// <summary>Which of the two official splits.</summary>
    [Description("The official split: train (60 000 images) or test (10 000).")]
    public Split Split { get; set; } = Split.Train;

    /// <summary>How many images, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    [Description("Only the first so many images of the split; 0 takes all.")]
    public int Subset { get; set; }

    /// <summary>Whether the classes come with the images.</summary>
    [Description("Whether each image comes with its class; false makes the data unlabelled, and the label file is not needed.")]
    public bool Labels { get; set; } = true;
}
