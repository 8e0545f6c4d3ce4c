using System.Runtime.InteropServices;
using SkiaSharp;

namespace PluginGan.Training;

/// <summary>Writes PNG files, reads what others write, and does to images what others may do. The one place that knows the imaging library.</summary>
public static class Png
{
    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="provenance">What the file says of its origin, or null for nothing.</param>
    /// <param name="grey">Whether the file stores one channel, the image's first.</param>
    public static byte[] Encode(RgbImage image, ImageProvenance? provenance = null, bool grey = false)
    {
        using var bitmap = grey ? Grey(image) : Bitmap(image);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return provenance is null ? data.ToArray() : provenance.Embed(data.ToArray());
    }

    /// <summary>Decodes a PNG, JPEG, WebP, BMP or GIF file; of an animated one the first frame. Transparent pixels lie on white.</summary>
    /// <exception cref="InvalidDataException">It is none of these, or damaged.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("this is not an image that can be read (PNG, JPEG, WebP, BMP, GIF)");
        using var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
            throw new InvalidDataException("the image is truncated or damaged");
        return Pixels(bitmap);
    }

    /// <summary>Encodes an image as JPEG.</summary>
    /// <param name="image">The image.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] EncodeJpeg(RgbImage image, int quality)
    {
        using var bitmap = Bitmap(image);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }

    /// <summary>Encodes an image as WebP, without loss.</summary>
    public static byte[] EncodeWebp(RgbImage image)
    {
        using var bitmap = Bitmap(image);
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 75));
        return data.ToArray();
    }

    /// <summary>An image at another size.</summary>
    /// <param name="image">The image.</param>
    /// <param name="width">The new width.</param>
    /// <param name="height">The new height.</param>
    /// <param name="smooth">Whether by cubic interpolation; otherwise by linear.</param>
    public static RgbImage Resize(RgbImage image, int width, int height, bool smooth)
    {
        using var bitmap = Bitmap(image);
        using var resized = bitmap.Resize(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), smooth ? SKFilterQuality.High : SKFilterQuality.Low);
        return Pixels(resized);
    }

    private static SKBitmap Bitmap(RgbImage image)
    {
        var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = new byte[image.Width * image.Height * 4];
        for (int pixel = 0, at = 0; pixel < pixels.Length; pixel += 4, at += 3)
        {
            image.Pixels.AsSpan(at, 3).CopyTo(pixels.AsSpan(pixel));
            pixels[pixel + 3] = 255;
        }
        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        return bitmap;
    }

    private static SKBitmap Grey(RgbImage image)
    {
        var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var row = 0; row < image.Height; row++)
        {
            var line = Enumerable.Range(row * image.Width, image.Width).Select(pixel => image.Pixels[3 * pixel]).ToArray();
            Marshal.Copy(line, 0, bitmap.GetPixels() + row * bitmap.RowBytes, line.Length);
        }
        return bitmap;
    }

    private static RgbImage Pixels(SKBitmap bitmap)
    {
        var rgba = bitmap.GetPixelSpan();
        var rgb = new byte[bitmap.Width * bitmap.Height * 3];
        for (int pixel = 0, at = 0; at < rgb.Length; pixel += 4, at += 3)
            for (var channel = 0; channel < 3; channel++)
                rgb[at + channel] = (byte)(255 - rgba[pixel + 3] * (255 - rgba[pixel + channel]) / 255);
        return new RgbImage(bitmap.Width, bitmap.Height, rgb);
    }
}
