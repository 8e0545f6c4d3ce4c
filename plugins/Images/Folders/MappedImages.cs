using System.IO.MemoryMappedFiles;
using PluginGan.Plugins.Images.Caching;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Images.Folders;

/// <summary>Images that are read from a memory-mapped file, because they do not fit into memory or because a part of each is drawn anew at each reading.</summary>
internal sealed unsafe class MappedImages : Dataset
{
    private readonly PixelFile pixels;
    private readonly IReadOnlyList<ImageSlot> slots;
    private readonly long[]? labels;
    private readonly ImageSpec image;
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;

    /// <param name="pixels">The file; it belongs to the dataset from now on.</param>
    /// <param name="slots">The images of the dataset, none smaller than the spec's.</param>
    /// <param name="labels">Their classes, or null for unlabelled data.</param>
    /// <param name="spec">What the dataset yields.</param>
    public MappedImages(PixelFile pixels, IReadOnlyList<ImageSlot> slots, long[]? labels, DataSpec spec)
    {
        (this.pixels, this.slots, this.labels, Spec, image) = (pixels, slots, labels, spec, (ImageSpec)spec.Sample);
        map = pixels.Map();
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <inheritdoc/>
    public override DataSpec Spec { get; }

    /// <inheritdoc/>
    public override long Count => slots.Count;

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var samples = empty([indices.Length, image.Channels, image.Height, image.Width], ScalarType.Byte);
        var size = image.Channels * image.Height * image.Width;
        // A span holds no more than two gigabytes.
        var together = Math.Max(1, int.MaxValue / size);
        for (var first = 0; first < indices.Length; first += together)
        {
            using var part = samples.narrow(0, first, Math.Min(together, indices.Length - first));
            var into = part.bytes;
            for (var place = 0; place < part.shape[0]; place++)
            {
                var index = indices[first + place];
                // By the image and not by its place in the batch: it is cut alike whatever is read with it.
                Cut(slots[(int)index], Mix(seed ^ Mix((ulong)index)), into.Slice(place * size, size));
            }
        }
        return new Batch(samples, labels is null ? null : tensor(Classes(indices, labels)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (view.SafeMemoryMappedViewHandle.IsClosed)
            return;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
        pixels.Dispose();
        base.Dispose(disposing);
    }

    private static long[] Classes(ReadOnlySpan<long> indices, long[] labels)
    {
        var classes = new long[indices.Length];
        for (var position = 0; position < classes.Length; position++)
            classes[position] = labels[indices[position]];
        return classes;
    }

    private void Cut(ImageSlot slot, ulong drawn, Span<byte> into)
    {
        var stored = new ReadOnlySpan<byte>(start + slot.Offset, pixels.Index.Bytes(slot));
        if ((slot.Width, slot.Height) == (image.Width, image.Height))
        {
            stored.CopyTo(into);
            return;
        }
        var left = (int)((uint)drawn % (uint)(slot.Width - image.Width + 1));
        var top = (int)((uint)(drawn >> 32) % (uint)(slot.Height - image.Height + 1));
        for (var channel = 0; channel < image.Channels; channel++)
            for (var row = 0; row < image.Height; row++)
                stored.Slice((channel * slot.Height + top + row) * slot.Width + left, image.Width).CopyTo(into[((channel * image.Height + row) * image.Width)..]);
    }

    // SplitMix64 (doi:10.1145/2660193.2660195): neighbouring numbers become independent ones.
    private static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
