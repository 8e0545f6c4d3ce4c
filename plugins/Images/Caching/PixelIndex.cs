using System.Text;

namespace PluginGan.Plugins.Images.Caching;

/// <summary>What a file of decoded images holds.</summary>
/// <param name="Key">A hash of everything that the images depend on.</param>
/// <param name="Channels">1 or 3, in all of them.</param>
/// <param name="Slots">The images in the order of the listing.</param>
/// <param name="Failures">The files that could not be decoded, in the order of the listing.</param>
internal sealed record PixelIndex(string Key, int Channels, IReadOnlyList<ImageSlot> Slots, IReadOnlyList<Failure> Failures)
{
    /// <summary>The bytes of an image.</summary>
    public int Bytes(ImageSlot slot) => Channels * slot.Width * slot.Height;

    /// <summary>Writes the index.</summary>
    public byte[] ToBytes()
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Key);
        writer.Write(Channels);
        writer.Write(Slots.Count);
        foreach (var slot in Slots)
        {
            writer.Write(slot.File);
            writer.Write(slot.Offset);
            writer.Write(slot.Width);
            writer.Write(slot.Height);
        }
        writer.Write(Failures.Count);
        foreach (var failure in Failures)
        {
            writer.Write(failure.File);
            writer.Write(failure.Reason);
        }
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads an index.</summary>
    /// <exception cref="EndOfStreamException">The bytes end early.</exception>
    public static PixelIndex From(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var (key, channels) = (reader.ReadString(), reader.ReadInt32());
        var slots = new List<ImageSlot>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            slots.Add(new(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32()));
        var failures = new List<Failure>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            failures.Add(new(reader.ReadInt32(), reader.ReadString()));
        return new(key, channels, slots, failures);
    }
}
