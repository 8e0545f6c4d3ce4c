using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginGan.Plugins.Images.Decoding;

namespace PluginGan.Plugins.Images.Folders;

/// <summary>Options of <c>image-folder</c>.</summary>
public sealed class ImageFolderOptions
{
    /// <summary>The folder.</summary>
    [Required]
    [Description("The folder, relative to the working folder. Its subfolders are the classes, each with all that lies below it; images in the folder itself are unlabelled.")]
    [LocalPath]
    public string Path { get; set; } = "";

    /// <summary>Rows and columns, or 0.</summary>
    [Range(0, 4096)]
    [Description("Rows and columns of the images; 0 leaves them as they are, and all must then be of one size.")]
    public int Size { get; set; }

    /// <summary>How images get to the size.</summary>
    [Description("fit: the shorter side is scaled to the size and the middle cut out; randomCrop: the same, cut anew at each reading; stretch: both sides are scaled; pad: the longer side is scaled and the rest filled.")]
    public ResizeMode Resize { get; set; } = ResizeMode.Fit;

    /// <summary>Grey or RGB.</summary>
    [Description("grey, rgb, or auto: grey where every file of the folder stores grey, else rgb.")]
    public ChannelMode Channels { get; set; } = ChannelMode.Auto;

    /// <summary>What shows through transparent pixels.</summary>
    [Description("What shows through transparent pixels and fills what is padded.")]
    public Background Background { get; set; } = Background.White;

    /// <summary>Whether the classes come with the images.</summary>
    [Description("Whether each image comes with its class; false makes the data unlabelled, wherever the images lie.")]
    public bool Labels { get; set; } = true;

    /// <summary>Which part.</summary>
    [Description("train: what is not set apart; test: what is; all: every image.")]
    public FolderSplit Split { get; set; } = FolderSplit.Train;

    /// <summary>The share of the test images.</summary>
    [Range(0, 0.9)]
    [Description("The share of each class that is set apart for tests; at least one image of a class that has two, and none at 0.")]
    public double TestShare { get; set; } = 0.1;

    /// <summary>Which images are set apart.</summary>
    [Description("Draws which images are set apart; one seed always sets apart the same ones of a folder.")]
    public int SplitSeed { get; set; }

    /// <summary>What becomes of files that cannot be decoded.</summary>
    [Description("What becomes of files that cannot be decoded: skip lists them in a warning, refuse in an error.")]
    public CorruptPolicy OnCorrupt { get; set; } = CorruptPolicy.Skip;

    /// <summary>Whether decoded images are kept.</summary>
    [Description("Whether the decoded images are kept in the data folder, so that the next start need not decode them.")]
    public bool Cache { get; set; } = true;
}
