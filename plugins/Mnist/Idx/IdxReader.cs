using System.Buffers.Binary;
using System.IO.Compression;

namespace PluginGan.Plugins.Mnist.Idx;

/// <summary>
/// Reads arrays of unsigned bytes in the IDX format (http://yann.lecun.com/exdb/mnist/): two zero bytes, the element type, the
/// number of dimensions, each dimension as a big-endian 32-bit integer, then the elements. Plain or gzipped, told apart by content.
/// </summary>
internal static class IdxReader
{
    /// <summary>The element type of all MNIST files.</summary>
    public const byte UnsignedByte = 0x08;

    // What a header claims is believed only as far as bytes have come in.
    private const int FirstAllocation = 1 << 20;

    // Of a byte, deflate makes no more (RFC 1951).
    private const double MostDeflated = 1032;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">How many dimensions it must have: 3 for images, 1 for labels.</param>
    /// <exception cref="ComponentException">The file is no such array, is incomplete, or holds more than its header claims.</exception>
    public static IdxArray Read(string path, int dimensions)
    {
        try
        {
            using var file = DataFile.Open(path);
            return Read(file, path, dimensions);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ComponentException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a seekable stream; <paramref name="source"/> names it in messages.</summary>
    /// <inheritdoc cref="Read(string, int)"/>
    public static IdxArray Read(Stream stream, string source, int dimensions)
    {
        try
        {
            using var content = IsGzip(stream) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            var sizes = ReadHeader(content, source, dimensions);
            var claimed = (double)sizes.Aggregate((product, size) => product * size);
            // More than the file can hold is not there, which shows when it is read; what is there is held once here and once in libtorch.
            if (claimed <= stream.Length * (content == stream ? 1.0 : MostDeflated))
                DataMemory.Require(2 * claimed, source, "free memory, or take a smaller collection", DataMemory.Available());
            return new IdxArray(source, sizes, ReadValues(content, source, sizes));
        }
        catch (InvalidDataException error)
        {
            throw new ComponentException($"{source} is a damaged gzip file ({error.Message}); fetch it again", error);
        }
    }

    private static bool IsGzip(Stream stream)
    {
        var isGzip = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = 0;
        return isGzip;
    }

    private static int[] ReadHeader(Stream content, string source, int dimensions)
    {
        var magic = new byte[4];
        var sizes = new byte[dimensions * sizeof(int)];
        if (content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length)
            throw new ComponentException($"{source} is too short for an IDX file");
        if (magic is not [0, 0, UnsignedByte, var found] || found != dimensions)
        {
            throw new ComponentException($"{source} starts with {Convert.ToHexString(magic)}, "
                + $"but an IDX file of unsigned bytes in {dimensions} dimension{(dimensions == 1 ? "" : "s")} starts with {Convert.ToHexString([0, 0, UnsignedByte, (byte)dimensions])}");
        }
        if (content.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length)
            throw new ComponentException($"{source} ends within its header: it is truncated");

        var claimed = sizes.Chunk(sizeof(int)).Select(size => BinaryPrimitives.ReadUInt32BigEndian(size)).ToArray();
        var length = claimed.Aggregate(UInt128.One, (product, size) => product * size);
        if (length == 0 || length > (UInt128)Array.MaxLength)
            throw new ComponentException($"{source}: the header claims {string.Join("×", claimed)} bytes; expected are 1 to {Array.MaxLength}");
        return [.. claimed.Select(size => (int)size)];
    }

    private static byte[] ReadValues(Stream content, string source, int[] sizes)
    {
        var claimed = sizes.Aggregate((product, size) => product * size);
        var values = new byte[Math.Min(claimed, FirstAllocation)];
        for (var filled = 0; filled < claimed;)
        {
            if (filled == values.Length)
                Array.Resize(ref values, (int)Math.Min(claimed, 2L * values.Length));
            var read = content.Read(values, filled, values.Length - filled);
            if (read == 0)
                throw new ComponentException($"{source} is truncated: the header claims {string.Join("×", sizes)} = {claimed} bytes, but the data ends after {filled}");
            filled += read;
        }
        if (content.ReadByte() >= 0)
            throw new ComponentException($"{source} goes on after the {string.Join("×", sizes)} = {claimed} bytes that its header claims");
        return values;
    }
}
