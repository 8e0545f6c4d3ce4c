using System.Buffers.Binary;

namespace PluginGan.Host.Reports;

/// <summary>An image that stands in the page itself.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Text">What it shows, or empty.</param>
/// <param name="Bytes">A PNG file.</param>
internal sealed record Picture(string Title, string Text, byte[] Bytes)
{
    /// <summary>The width that small pictures are drawn at, about: their pixels are then seen as such.</summary>
    private const int Wide = 880;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Columns of pixels.</summary>
    public int Width => BinaryPrimitives.ReadInt32BigEndian(Bytes.AsSpan(16));

    /// <summary>Rows of pixels.</summary>
    public int Height => BinaryPrimitives.ReadInt32BigEndian(Bytes.AsSpan(20));

    /// <summary>The file within an address.</summary>
    public string Address => $"data:image/png;base64,{Convert.ToBase64String(Bytes)}";

    /// <summary>By how much it is drawn larger than it is: a whole number, so that all its pixels are alike.</summary>
    public int Scale => Math.Clamp(Wide / Math.Max(1, Width), 1, 6);

    /// <summary>How it is drawn: small ones by their pixels, large ones smoothly.</summary>
    public string Style => Width < Wide ? "pixels" : "smooth";

    /// <summary>Whether the bytes begin as a PNG file does, up to its size.</summary>
    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.Length >= 24 && bytes.StartsWith(Signature);
}
