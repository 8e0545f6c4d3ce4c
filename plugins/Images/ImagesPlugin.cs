using PluginGan.Plugins.Images.Folders;
using PluginGan.Plugins.Images.Npz;

namespace PluginGan.Plugins.Images;

/// <summary>Images that people have: folders of image files, and arrays in NumPy's archives.</summary>
public sealed class ImagesPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Dataset<ImageFolderOptions>(
            Describe("image-folder", "A folder of PNG, JPEG, WebP or BMP files; subfolders are classes."),
            ImageFolder.Open);
        components.Dataset<NpzOptions>(
            Describe("npz", "Images and labels as arrays in an .npz file, in MedMNIST's layout.") with { Source = "arXiv:2110.14795" },
            (options, _) => NpzImages.Open(options));
    }

    private static ComponentInfo Describe(string name, string summary) => new(name, summary)
    {
        Samples = [SampleKind.Image],
        Conditions = [ConditionKind.None, ConditionKind.Classes],
        Effects = [new(new OptionIs("labels", "false")) { Conditions = [ConditionKind.None] }],
    };
}
