using System.Buffers.Binary;
using System.Text;

namespace PluginGan.Training;

/// <summary>
/// A piece of a WebP file (https://developers.google.com/speed/webp/docs/riff_container), and XMP in it, which takes the extended form.
/// </summary>
/// <param name="Type">Four letters.</param>
/// <param name="Data">What it holds.</param>
internal sealed record WebpChunk(string Type, ReadOnlyMemory<byte> Data)
{
    private const int HeaderLength = 12;
    private const byte HasXmp = 0x04;
    private const byte HasAlpha = 0x10;

    /// <summary>Whether a file begins as WebP files do.</summary>
    public static bool IsWebp(ReadOnlySpan<byte> file) =>
        file.Length > HeaderLength && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    /// <summary>The same file with this XMP in the place of any other.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static byte[] Embed(byte[] file, string packet)
    {
        var chunks = Read(file).Where(chunk => chunk.Type != "XMP ").ToList();
        var extended = chunks.FirstOrDefault(chunk => chunk.Type == "VP8X")?.Data.ToArray() ?? Extended(chunks[0]);
        extended[0] |= HasXmp;
        var xmp = new WebpChunk("XMP ", Encoding.UTF8.GetBytes(packet));
        return Write([new WebpChunk("VP8X", extended), .. chunks.Where(chunk => chunk.Type != "VP8X"), xmp]);
    }

    private static List<WebpChunk> Read(ReadOnlyMemory<byte> file)
    {
        var chunks = new List<WebpChunk>();
        for (var at = HeaderLength; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file.Span[(at + 4)..]);
            if (length > file.Length - at - 8)
                throw new InvalidDataException("the WebP file is truncated");
            chunks.Add(new WebpChunk(Encoding.ASCII.GetString(file.Span.Slice(at, 4)), file.Slice(at + 8, (int)length)));
            // Chunks begin at even places.
            at += 8 + (int)(length + length % 2);
        }
        return chunks.Count > 0 ? chunks : throw new InvalidDataException("the WebP file holds nothing");
    }

    private static byte[] Write(IEnumerable<WebpChunk> chunks)
    {
        var file = new MemoryStream();
        file.Write("RIFF\0\0\0\0WEBP"u8);
        Span<byte> length = stackalloc byte[4];
        foreach (var (type, data) in chunks)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
            file.Write(Encoding.ASCII.GetBytes(type));
            file.Write(length);
            file.Write(data.Span);
            if (data.Length % 2 == 1)
                file.WriteByte(0);
        }
        var written = file.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(written.AsSpan(4), written.Length - 8);
        return written;
    }

    // Flags, three empty bytes, width - 1 and height - 1 in three bytes each.
    private static byte[] Extended(WebpChunk image)
    {
        var data = image.Data.Span;
        var alpha = false;
        int width, height;
        switch (image.Type)
        {
            case "VP8 " when data.Length >= 10:
                width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF;
                height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF;
                break;
            case "VP8L" when data.Length >= 5:
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
                (width, height, alpha) = ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1, (bits >> 28 & 1) == 1);
                break;
            default:
                throw new InvalidDataException($"the WebP file begins with '{image.Type}', which is no image");
        }
        var extended = new byte[10];
        extended[0] = alpha ? HasAlpha : (byte)0;
        for (var place = 0; place < 3; place++)
        {
            extended[4 + place] = (byte)(width - 1 >> 8 * place);
            extended[7 + place] = (byte)(height - 1 >> 8 * place);
        }
        return extended;
    }
}
