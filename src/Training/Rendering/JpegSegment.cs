using System.Buffers.Binary;
using System.Text;

namespace PluginGan.Training;

/// <summary>XMP in a JPEG file: a segment APP1 that begins with a fixed name (XMP specification, part 3).</summary>
internal static class JpegSegment
{
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;

    private static ReadOnlySpan<byte> Name => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> Start => [0xFF, 0xD8, 0xFF];

    /// <summary>Whether a file begins as JPEG files do.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith(Start);

    /// <summary>The same file with this XMP in the place of any other.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or the XMP is too long for a segment.</exception>
    public static byte[] Embed(byte[] file, string packet)
    {
        var text = Encoding.UTF8.GetBytes(packet);
        var length = 2 + Name.Length + text.Length;
        if (length > ushort.MaxValue)
            throw new InvalidDataException($"a JPEG file takes {ushort.MaxValue} bytes of XMP, and these are {length}");
        var written = new MemoryStream(file.Length + length + 2);
        written.Write(file, 0, 2);
        // Behind APP0, which readers want first.
        var at = 2;
        if (file[at + 1] == App0)
            at = Copy(file, at, written);
        Span<byte> head = [0xFF, App1, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
        written.Write(head);
        written.Write(Name);
        written.Write(text);
        while (at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] != StartOfScan)
            at = Copy(file, at, file[at + 1] == App1 && file.AsSpan(at + 4).StartsWith(Name) ? Stream.Null : written);
        written.Write(file, at, file.Length - at);
        return written.ToArray();
    }

    private static int Copy(byte[] file, int at, Stream target)
    {
        var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
        if (at + length > file.Length)
            throw new InvalidDataException("the JPEG file is truncated");
        target.Write(file, at, length);
        return at + length;
    }
}
