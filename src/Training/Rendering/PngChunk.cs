using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace PluginGan.Training;

/// <summary>A piece of a PNG file (PNG specification, section 5): what its four letters say, without length and checksum.</summary>
/// <param name="Type">Four letters: <c>IHDR</c>, <c>IDAT</c>, <c>iTXt</c>.</param>
/// <param name="Data">What it holds.</param>
internal sealed record PngChunk(string Type, ReadOnlyMemory<byte> Data)
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Takes a file apart.</summary>
    /// <exception cref="InvalidDataException">It is no PNG file, or a damaged one.</exception>
    public static IReadOnlyList<PngChunk> Read(ReadOnlyMemory<byte> file)
    {
        if (!file.Span.StartsWith(Signature))
            throw new InvalidDataException("this is not a PNG file");
        var chunks = new List<PngChunk>();
        for (var at = Signature.Length; at < file.Length;)
        {
            var length = file.Length - at >= 12 ? BinaryPrimitives.ReadUInt32BigEndian(file.Span[at..]) : uint.MaxValue;
            if (length > file.Length - at - 12)
                throw new InvalidDataException("the PNG file is truncated");
            var (body, end) = (file.Slice(at + 4, 4 + (int)length), at + 8 + (int)length);
            if (BinaryPrimitives.ReadUInt32BigEndian(file.Span[end..]) != Crc32.HashToUInt32(body.Span))
                throw new InvalidDataException("the PNG file is damaged: a checksum does not fit");
            chunks.Add(new PngChunk(Encoding.ASCII.GetString(body.Span[..4]), body[4..]));
            at = end + 4;
        }
        return chunks;
    }

    /// <summary>Puts a file together.</summary>
    public static byte[] Write(IEnumerable<PngChunk> chunks)
    {
        var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> number = stackalloc byte[4];
        foreach (var (type, data) in chunks)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data.Span];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
            file.Write(number);
        }
        return file.ToArray();
    }
}
