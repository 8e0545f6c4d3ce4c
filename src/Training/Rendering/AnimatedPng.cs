using System.Buffers.Binary;

namespace PluginGan.Training;

/// <summary>Writes animated PNG files (PNG specification, third edition). A program that knows nothing of animations shows the first frame.</summary>
public static class AnimatedPng
{
    /// <summary>Encodes an animation.</summary>
    /// <param name="frames">At least one, all of one size.</param>
    /// <param name="delay">How long each frame stands, to the millisecond; at most a minute.</param>
    /// <param name="provenance">What the file says of its origin, or null for nothing.</param>
    /// <param name="loops">How often it is played; 0 is for ever.</param>
    /// <exception cref="ArgumentException">There is no frame, or they differ in size.</exception>
    public static byte[] Encode(IReadOnlyList<RgbImage> frames, TimeSpan delay, ImageProvenance? provenance = null, int loops = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(loops);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (frames.Count == 0 || frames.Any(frame => (frame.Width, frame.Height) != (frames[0].Width, frames[0].Height)))
            throw new ArgumentException("an animation takes at least one frame, and all of one size", nameof(frames));
        return PngChunk.Write(Chunks(frames, delay, provenance, loops));
    }

    private static IEnumerable<PngChunk> Chunks(IReadOnlyList<RgbImage> frames, TimeSpan delay, ImageProvenance? provenance, int loops)
    {
        var first = PngChunk.Read(Png.Encode(frames[0], provenance));
        foreach (var chunk in first.TakeWhile(chunk => chunk.Type != "IDAT"))
            yield return chunk;
        yield return new PngChunk("acTL", Numbers(frames.Count, loops));
        // Control and data of frames are counted in one sequence; the data of the first is the image's own.
        var sequence = 0;
        for (var index = 0; index < frames.Count; index++)
        {
            yield return Control(sequence++, frames[index], delay);
            var data = (index == 0 ? first : PngChunk.Read(Png.Encode(frames[index]))).Where(chunk => chunk.Type == "IDAT");
            foreach (var chunk in data)
                yield return index == 0 ? chunk : new PngChunk("fdAT", (byte[])[.. Numbers(sequence++), .. chunk.Data.Span]);
        }
        yield return new PngChunk("IEND", ReadOnlyMemory<byte>.Empty);
    }

    // Each frame covers the whole image: position 0, nothing to clear or to blend.
    private static PngChunk Control(int sequence, RgbImage frame, TimeSpan delay)
    {
        var time = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(time, (ushort)Math.Round(delay.TotalMilliseconds));
        BinaryPrimitives.WriteUInt16BigEndian(time.AsSpan(2), 1000);
        return new PngChunk("fcTL", (byte[])[.. Numbers(sequence, frame.Width, frame.Height, 0, 0), .. time, 0, 0]);
    }

    private static byte[] Numbers(params ReadOnlySpan<int> numbers)
    {
        var bytes = new byte[4 * numbers.Length];
        for (var index = 0; index < numbers.Length; index++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * index), numbers[index]);
        return bytes;
    }
}
