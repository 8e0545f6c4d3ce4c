using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Mnist;

/// <summary>Options of <c>fashion-mnist-10k</c>.</summary>
public sealed class FashionMnist10kOptions
{
    /// <summary>Which part of the 10 000 images.</summary>
    [Description("train: the first 8 000 images, test: the last 2 000, all: all 10 000.")]
    public FashionMnist10kSplit Split { get; set; } = FashionMnist10kSplit.Train;

    /// <summary>How many images, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    [Description("Only the first so many images of the split; 0 takes all.")]
    public int Subset { get; set; }

    /// <summary>Whether the classes come with the images.</summary>
    [Description("Whether each image comes with its class; false makes the data unlabelled.")]
    public bool Labels { get; set; } = true;
}
