using System.Text;

namespace PluginGan.Training;

/// <summary>XMP as files carry it: in PNG as an uncompressed <c>iTXt</c> chunk of a fixed keyword (XMP specification, part 3), in JPEG and
/// WebP as segments and chunks, everywhere as text between fixed tags.</summary>
internal static class XmpPacket
{
    private static ReadOnlySpan<byte> Keyword => "XML:com.adobe.xmp\0"u8;

    private static ReadOnlySpan<byte> Begin => "<x:xmpmeta"u8;

    private static ReadOnlySpan<byte> End => "</x:xmpmeta>"u8;

    /// <summary>Some XMP with what surrounds it.</summary>
    public static string Of(string xmp) => $"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n{xmp}\n<?xpacket end=\"r\"?>";

    /// <summary>A chunk of a PNG file that holds a packet: after the keyword not compressed, no method of compression, no language, no
    /// translated keyword.</summary>
    public static PngChunk Chunk(string packet) => new("iTXt", (byte[])[.. Keyword, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(packet)]);

    /// <summary>Whether a chunk holds XMP.</summary>
    public static bool IsIn(PngChunk chunk) => chunk.Type == "iTXt" && chunk.Data.Span.StartsWith(Keyword);

    /// <summary>The XMP in a file, or null.</summary>
    public static string? Find(ReadOnlySpan<byte> file)
    {
        var begin = file.IndexOf(Begin);
        var length = begin < 0 ? -1 : file[begin..].IndexOf(End);
        return length < 0 ? null : Encoding.UTF8.GetString(file.Slice(begin, length + End.Length));
    }
}
