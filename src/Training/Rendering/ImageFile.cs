namespace PluginGan.Training;

/// <summary>The formats that images are written in. Each says of its origin what <see cref="ImageProvenance"/> holds.</summary>
public static class ImageFile
{
    // Artefacts of compression are not seen.
    private const int JpegQuality = 95;

    /// <summary>The most pixels that an image may have on a side: what WebP can say.</summary>
    public const int MostSide = 16383;

    /// <summary>The most pixels that an image may have: more takes gigabytes to draw.</summary>
    public const long MostPixels = 32_000_000;

    /// <summary>The extensions that choose a format, in lower case; <c>.png</c> and <c>.webp</c> keep every pixel as it is.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="extension">One of <see cref="Extensions"/>.</param>
    /// <param name="provenance">What the file says of its origin, or null for nothing.</param>
    /// <param name="grey">Whether a PNG file stores one channel, the image's first.</param>
    public static byte[] Encode(RgbImage image, string extension, ImageProvenance? provenance, bool grey = false)
    {
        var file = extension switch
        {
            ".png" => Png.Encode(image, grey: grey),
            ".jpg" or ".jpeg" => Png.EncodeJpeg(image, JpegQuality),
            ".webp" => Png.EncodeWebp(image),
            _ => throw new ArgumentException($"'{extension}' is none of {string.Join(", ", Extensions)}", nameof(extension)),
        };
        return provenance?.Embed(file) ?? file;
    }
}
