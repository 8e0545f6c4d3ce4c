using System.Buffers.Binary;

namespace PluginGan.Plugins.Images.Decoding;

/// <summary>Tells image files by their first bytes; names may mislead.</summary>
internal static class ImageFormat
{
    /// <summary>How many bytes are enough to tell.</summary>
    public const int HeadLength = 26;

    private const int PngColourType = 25;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".dib", ".gif",
        // Not read, but meant to be: such a file is reported instead of being passed over.
        ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".svg", ".ppm", ".pgm", ".tga", ".ico", ".psd",
    };

    /// <summary>Whether a file's name claims that it is an image.</summary>
    public static bool IsClaimedBy(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>Whether a file begins as PNG, JPEG, WebP, BMP or GIF do.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> head) =>
        IsPng(head) || head.StartsWith((byte[])[0xff, 0xd8, 0xff]) || head.StartsWith("GIF8"u8) || IsWebP(head) || IsBmp(head);

    /// <summary>Whether a PNG file stores grey, with or without transparency.</summary>
    public static bool IsGreyPng(ReadOnlySpan<byte> head) => IsPng(head) && head.Length > PngColourType && head[PngColourType] is 0 or 4;

    /// <summary>The first bytes of a file, fewer where it is shorter.</summary>
    public static byte[] Head(string path)
    {
        using var file = File.OpenHandle(path);
        var head = new byte[HeadLength];
        return head[..RandomAccess.Read(file, head, 0)];
    }

    private static bool IsPng(ReadOnlySpan<byte> head) => head.StartsWith((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);

    private static bool IsWebP(ReadOnlySpan<byte> head) => head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8);

    // Two letters alone would also greet a text about a car; the size of the second header is one of few.
    private static bool IsBmp(ReadOnlySpan<byte> head) =>
        head.StartsWith("BM"u8) && head.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;
}
