using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Images.Npz;

/// <summary>Opens arrays in MedMNIST's layout as a dataset.</summary>
internal static class NpzImages
{
    private const int BytesAtOnce = 64 << 20;

    /// <summary>Opens a split of a file.</summary>
    /// <exception cref="ComponentException">The file or an array is not what it should be; the message says what would be.</exception>
    public static Dataset Open(NpzOptions options) => Open(options, DataMemory.Available());

    /// <summary>Opens a split of a file with a bound on the memory that it may take.</summary>
    /// <inheritdoc cref="Open(NpzOptions)"/>
    public static Dataset Open(NpzOptions options, long memory)
    {
        // Messages name the whole path.
        options.Path = Path.GetFullPath(options.Path);
        using var file = new NpzFile(options.Path, memory);
        var split = options.Split.ToString().ToLowerInvariant();
        if (options.Classes.Length > 0 && !options.Labels)
            throw new ComponentException("the option 'classes' names classes, but 'labels' is false");
        var (samples, images) = Images(file, $"{split}_images", options.Subset);
        try
        {
            IReadOnlyList<DataSource> sources = [new(Path.GetFullPath(options.Path))];
            var spec = new ImageSpec((int)samples.shape[1], (int)samples.shape[2], (int)samples.shape[3]);
            if (!options.Labels)
                return new TensorDataset(new DataSpec(spec, ConditionSpec.None), samples) { Sources = sources };
            var (labels, names) = Labels(file, split, images, samples.shape[0], options);
            return new TensorDataset(new DataSpec(spec, new ClassCondition(names)), samples, tensor(labels)) { Sources = sources };
        }
        catch
        {
            samples.Dispose();
            throw;
        }
    }

    // The images, and how many the split has.
    private static (Tensor Samples, long Images) Images(NpzFile file, string name, int subset)
    {
        var images = 0L;
        var samples = file.Read(name, (header, stream) =>
        {
            images = header.Shape.Count > 0 ? header.Shape[0] : 0;
            return Images(file, name, subset, header, stream);
        });
        return (samples, images);
    }

    private static Tensor Images(NpzFile file, string name, int subset, NpyHeader header, Stream stream)
    {
        if (header.Type is not ("|u1" or "<u1"))
            throw new ComponentException($"{file.Describe(name)} has elements of type '{header.Type}'; images are bytes (save astype('uint8') of values from 0 to 255)");
        var (count, height, width, channels) = header.Shape switch
        {
            [var n, var h, var w] => (n, h, w, 1L),
            [var n, var h, var w, var c] when c is 1 or 3 => (n, h, w, c),
            _ => throw new ComponentException($"{file.Describe(name)} has the shape [{string.Join(", ", header.Shape)}]; images are [N, H, W] or [N, H, W, 3]"),
        };
        if (header.Count == 0 || checked(height * width * channels) > BytesAtOnce)
            throw new ComponentException($"{file.Describe(name)} has the shape [{string.Join(", ", header.Shape)}]; there must be images, of at most {BytesAtOnce} bytes each");
        if (subset > count)
            throw new ComponentException($"{file.Describe(name)}: the option 'subset' asks for {subset} images, but the split has {count}");
        var taken = subset > 0 ? subset : count;
        file.Require(name, (double)taken * height * width * channels, "set 'subset' to a smaller number of images");
        return Images(stream, taken, (int)height, (int)width, (int)channels);
    }

    // Piece by piece, so that nothing is held twice.
    private static Tensor Images(Stream stream, long count, int height, int width, int channels)
    {
        using var scope = NewDisposeScope();
        var samples = empty([count, channels, height, width], ScalarType.Byte);
        var size = height * width * channels;
        var most = (int)Math.Min(count, Math.Max(1, (BytesAtOnce / 8) / size));
        using var piece = empty([most, height, width, channels], ScalarType.Byte);
        for (var row = 0L; row < count; row += most)
        {
            var rows = (int)Math.Min(most, count - row);
            stream.ReadExactly(piece.bytes[..(rows * size)]);
            using var target = samples.narrow(0, row, rows);
            using var source = piece.narrow(0, 0, rows).permute(0, 3, 1, 2);
            target.copy_(source);
        }
        return samples.MoveToOuterDisposeScope();
    }

    private static (long[] Labels, IReadOnlyList<string> Names) Labels(
        NpzFile file, string split, long images, long count, NpzOptions options)
    {
        var name = $"{split}_labels";
        var labels = file.Labels(name);
        if (labels.Length != images)
            throw new ComponentException($"{file.Describe(name)} holds {labels.Length} labels for {images} images; there must be one for each");
        // Every split must have the same classes, whichever occur in it.
        var all = file.Names.Where(other => other != name && other is "train_labels" or "val_labels" or "test_labels").Select(file.Labels).Append(labels).ToList();
        if (all.Any(some => some.Any(label => label < 0)))
            throw new ComponentException($"{options.Path} has negative labels; classes are counted from 0");
        var largest = all.SelectMany(some => some).DefaultIfEmpty(0).Max();
        if (options.Classes.Length > 0 && largest >= options.Classes.Length)
            throw new ComponentException($"the option 'classes' names {options.Classes.Length} classes, but {options.Path} has the label {largest}; name {largest + 1}");
        if (largest >= count && largest > ushort.MaxValue)
            throw new ComponentException($"{options.Path} has the label {largest}, which is no class; set 'labels' to false if they mean something else");
        IReadOnlyList<string> names = options.Classes.Length > 0 ? options.Classes : [.. Enumerable.Range(0, (int)largest + 1).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        return (labels[..(int)count], names);
    }
}
