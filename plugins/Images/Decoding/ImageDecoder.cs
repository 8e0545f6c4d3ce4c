using System.Buffers;
using SkiaSharp;

namespace PluginGan.Plugins.Images.Decoding;

/// <summary>
/// Decodes image files: the first frame, upright as EXIF says, transparency put on a background, values as they are stored (colour profiles
/// are not applied). The one place in the plugin that knows the imaging library.
/// </summary>
internal static class ImageDecoder
{
    private const long MostPixels = 1 << 28;

    // Red, green, blue and alpha, the planes, and what scaling them takes.
    private const int BytesForPixel = 10;

    /// <summary>Changes with anything that changes the bytes that come out.</summary>
    public static string Version { get; } = $"1, SkiaSharp {typeof(SKCodec).Assembly.GetName().Version}";

    /// <summary>Reads what a file says of itself.</summary>
    /// <param name="path">The file.</param>
    /// <param name="memory">The bytes that decoding it may take.</param>
    /// <exception cref="UndecodableException">It is no image, or too large.</exception>
    public static ImageHeader Probe(string path, long memory)
    {
        var head = ImageFormat.Head(path);
        if (head.Length == 0)
            throw new UndecodableException("empty");
        if (!ImageFormat.IsKnown(head))
            throw new UndecodableException("not PNG, JPEG, WebP, BMP or GIF");
        using var codec = SKCodec.Create(path) ?? throw new UndecodableException("damaged header");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
            throw new UndecodableException($"{width}×{height} is too large");
        if ((long)width * height * BytesForPixel > memory)
            throw new UndecodableException($"{width}×{height} is too large for the memory that is available");
        var isGrey = codec.Info.ColorType == SKColorType.Gray8 || ImageFormat.IsGreyPng(head);
        return IsTurned(codec.EncodedOrigin) ? new(height, width, isGrey) : new(width, height, isGrey);
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">1 for grey (luma of ITU-R BT.601), 3 for RGB.</param>
    /// <param name="background">The grey value that transparent pixels are put on.</param>
    /// <exception cref="UndecodableException">It is no image, or incomplete.</exception>
    public static unsafe Planes Decode(string path, int channels, byte background)
    {
        var content = File.ReadAllBytes(path);
        fixed (byte* start = content)
        {
            using var data = SKData.Create((nint)start, content.Length);
            using var codec = SKCodec.Create(data) ?? throw new UndecodableException("damaged header");
            var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
            // No colour space: none is converted to.
            var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, alpha);
            var pixels = ArrayPool<byte>.Shared.Rent(info.BytesSize);
            try
            {
                fixed (byte* target = pixels)
                {
                    var result = codec.GetPixels(info, (nint)target);
                    if (result != SKCodecResult.Success)
                        throw new UndecodableException(result == SKCodecResult.IncompleteInput ? "incomplete" : "damaged");
                }
                return Planes.From(pixels, info.Width, info.Height, (int)codec.EncodedOrigin, channels, background);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(pixels);
            }
        }
    }

    private static bool IsTurned(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;
}
