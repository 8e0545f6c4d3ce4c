using Microsoft.Extensions.Logging;
using PluginGan.Plugins.Images.Caching;
using PluginGan.Plugins.Images.Decoding;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Images.Folders;

/// <summary>Opens a folder of images as a dataset.</summary>
internal static class ImageFolder
{
    private const string Name = "image-folder";
    private const int BytesAtOnce = 64 << 20;

    /// <summary>Opens a folder; what does not fit into a quarter of the memory that is free is read from the file of decoded images.</summary>
    /// <exception cref="ComponentException">The options or the folder do not do; the message says what would.</exception>
    public static Dataset Open(ImageFolderOptions options, ComponentContext context) => Open(options, context, DataMemory.Available() / 4);

    /// <summary>Opens a folder with a bound on what is held in memory.</summary>
    /// <inheritdoc cref="Open(ImageFolderOptions, ComponentContext)"/>
    public static Dataset Open(ImageFolderOptions options, ComponentContext context, long memory)
    {
        if (options.Size == 0 && options.Resize != ResizeMode.Fit)
            throw new ComponentException("the option 'resize' needs 'size', the rows and columns that the images are to have");
        var listing = FolderListing.Of(options.Path);
        var classes = options.Labels ? listing.Classes() : null;
        var wanted = Wanted(listing, options);

        var pixels = new DecodedFolder(listing, options, context).Open();
        try
        {
            Report(pixels.Index.Failures, listing, wanted, options.OnCorrupt, context);
            FolderNotes.Log(listing, options, context.LoggerFactory.CreateLogger(Name));
            List<ImageSlot> slots = [.. pixels.Index.Slots.Where(slot => wanted[slot.File])];
            if (slots.Count == 0)
                throw new ComponentException($"no image of {listing.Root} ({Text(options.Split)}) can be decoded");
            var labels = classes is null ? null : slots.Select(slot => classes.Value.Labels[slot.File]).ToArray();
            ConditionSpec condition = classes is null ? ConditionSpec.None : new ClassCondition(classes.Value.Names);
            var (width, height) = options.Size == 0 ? (slots[0].Width, slots[0].Height) : (options.Size, options.Size);
            var spec = new DataSpec(new ImageSpec(pixels.Index.Channels, height, width), condition);
            IReadOnlyList<DataSource> sources = [new(listing.Root, [.. listing.Files.Select(file => file.Name)])];
            if (options.Resize == ResizeMode.RandomCrop || slots.Sum(slot => (long)pixels.Index.Bytes(slot)) > memory)
                return new MappedImages(pixels, slots, labels, spec) { Sources = sources };
            var samples = Read(pixels, slots, (ImageSpec)spec.Sample);
            pixels.Dispose();
            return new TensorDataset(spec, samples, labels is null ? null : tensor(labels)) { Sources = sources };
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private static bool[] Wanted(FolderListing listing, ImageFolderOptions options)
    {
        var apart = listing.SetApart(options.TestShare, options.SplitSeed);
        bool[] wanted = options.Split == FolderSplit.All ? [.. apart.Select(_ => true)] : [.. apart.Select(isTest => isTest == (options.Split == FolderSplit.Test))];
        return wanted.Contains(true)
            ? wanted
            : throw new ComponentException($"{listing.Root} has {listing.Files.Count} {(listing.Files.Count == 1 ? "image" : "images")}, of which none belong to the split '{Text(options.Split)}' "
                + $"at a 'testShare' of {FormattableString.Invariant($"{options.TestShare}")}; change it, or set 'split' to all");
    }

    private static void Report(IReadOnlyList<Failure> failures, FolderListing listing, bool[] wanted, CorruptPolicy policy, ComponentContext context)
    {
        // The others are reported where their split is opened.
        var mine = failures.Where(failure => wanted[failure.File]).ToList();
        if (mine.Count == 0)
            return;
        var list = string.Join("; ", mine.GroupBy(failure => failure.Reason, StringComparer.Ordinal)
            .Select(reason => $"{reason.Key}: {string.Join(", ", reason.Select(failure => listing.Files[failure.File].Name))}"));
        var message = $"{listing.Root}: {mine.Count} of {wanted.Count(isWanted => isWanted)} files cannot be decoded";
        if (policy == CorruptPolicy.Refuse)
            throw new ComponentException($"{message} – {list}. Remove or mend them, or set 'onCorrupt' to skip");
        context.LoggerFactory.CreateLogger(Name).LogWarning("{Message} and are left out – {List}", message, list);
    }

    // Straight into the tensor's memory, in pieces that a span can address.
    private static Tensor Read(PixelFile pixels, List<ImageSlot> slots, ImageSpec image)
    {
        var size = image.Channels * image.Height * image.Width;
        var samples = empty([slots.Count, image.Channels, image.Height, image.Width], ScalarType.Byte);
        try
        {
            foreach (var chunk in slots.Index().Chunk(Math.Max(1, BytesAtOnce / size)))
            {
                using var rows = samples.narrow(0, chunk[0].Index, chunk.Length);
                var into = rows.bytes;
                for (var row = 0; row < chunk.Length; row++)
                    pixels.Read(into.Slice(row * size, size), chunk[row].Item.Offset);
            }
            return samples;
        }
        catch
        {
            samples.Dispose();
            throw;
        }
    }

    private static string Text(FolderSplit split) => split.ToString().ToLowerInvariant();
}
