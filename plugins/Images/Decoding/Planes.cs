namespace PluginGan.Plugins.Images.Decoding;

/// <summary>An image as planes, [C, H, W].</summary>
/// <param name="Values">C · H · W bytes.</param>
/// <param name="Channels">1 for grey, 3 for RGB.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal sealed record Planes(byte[] Values, int Channels, int Width, int Height)
{
    /// <summary>Sets pixels upright, on a background, and parts their channels.</summary>
    /// <param name="rgba">Red, green, blue and alpha (not multiplied into them), row by row.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="orientation">1 to 8, as EXIF numbers where the first row and the first column of what is stored belong.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="background">The value that transparent pixels are put on.</param>
    public static Planes From(ReadOnlySpan<byte> rgba, int width, int height, int orientation, int channels, byte background)
    {
        var (first, right, down) = Walk(width, height, orientation);
        var (columns, rows) = orientation >= 5 ? (height, width) : (width, height);
        var size = columns * rows;
        var values = new byte[channels * size];
        for (int y = 0, at = 0; y < rows; y++)
        {
            var from = first + y * down;
            for (var x = 0; x < columns; x++, at++, from += right)
            {
                var pixel = rgba.Slice(4 * from, 4);
                var (red, green, blue) = (pixel[0], pixel[1], pixel[2]);
                if (pixel[3] != byte.MaxValue)
                    (red, green, blue) = (Over(red, pixel[3], background), Over(green, pixel[3], background), Over(blue, pixel[3], background));
                if (channels == 1)
                    values[at] = Luma(red, green, blue);
                else
                    (values[at], values[size + at], values[2 * size + at]) = (red, green, blue);
            }
        }
        return new Planes(values, channels, columns, rows);
    }

    // Where the first pixel of the upright image is stored, and how far its neighbours to the right and below are from there.
    private static (int First, int Right, int Down) Walk(int width, int height, int orientation) => orientation switch
    {
        2 => (width - 1, -1, width),
        3 => (width * height - 1, -1, -width),
        4 => ((height - 1) * width, 1, -width),
        5 => (0, width, 1),
        6 => ((height - 1) * width, -width, 1),
        7 => (width * height - 1, -width, -1),
        8 => (width - 1, width, -1),
        _ => (0, 1, width),
    };

    private static byte Over(int value, int alpha, int background) => (byte)((value * alpha + background * (255 - alpha) + 127) / 255);

    // 0.299, 0.587 and 0.114 in 16 bits; they add up to one, so that grey stays what it is.
    private static byte Luma(int red, int green, int blue) => (byte)((red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16);
}
