using System.Runtime.InteropServices;
using SkiaSharp;

namespace PluginGan.Training;

/// <summary>Writes PNG files. The one place that knows the imaging library.</summary>
public static class Png
{
    /// <summary>Encodes an image.</summary>
    /// <param name="rgb">Bytes red, green, blue, row by row: 3 · width · height of them.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = new byte[width * height * 4];
        for (int pixel = 0, at = 0; pixel < pixels.Length; pixel += 4, at += 3)
        {
            rgb.Slice(at, 3).CopyTo(pixels.AsSpan(pixel));
            pixels[pixel + 3] = 255;
        }
        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
