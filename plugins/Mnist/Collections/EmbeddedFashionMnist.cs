using PluginGan.Plugins.Mnist.Idx;

namespace PluginGan.Plugins.Mnist.Collections;

/// <summary>The official test split of Fashion-MNIST as part of the plugin, so that a first run needs no network. MIT licence, see LICENSE-fashion-mnist.txt.</summary>
internal static class EmbeddedFashionMnist
{
    public const string Name = "fashion-mnist-10k";

    private const int TrainingImages = 8_000;

    public static Dataset Open(FashionMnist10kOptions options)
    {
        var rows = options.Split switch
        {
            FashionMnist10kSplit.Train => ..TrainingImages,
            FashionMnist10kSplit.Test => TrainingImages..,
            _ => ..,
        };
        return GreyImages.Open(Images(), options.Labels ? Labels() : null, Collection.FashionMnist.Classes, rows, options.Subset);
    }

    public static IdxArray Images() => Read(CollectionFile.TestImages);

    public static IdxArray Labels() => Read(CollectionFile.TestLabels);

    private static IdxArray Read(CollectionFile file)
    {
        var archive = file.Archive;
        using var resource = typeof(EmbeddedFashionMnist).Assembly.GetManifestResourceStream(archive)!;
        return IdxReader.Read(resource, $"{Name} ({archive})", file.Dimensions);
    }
}
