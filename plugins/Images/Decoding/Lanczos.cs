namespace PluginGan.Plugins.Images.Decoding;

/// <summary>
/// Resamples images by Lanczos' window of three lobes, which is widened by the factor of the reduction so that nothing aliases. What is resampled
/// in one way only when training, and in another in a reference, makes another data set (arXiv:2104.11222): this is Pillow's LANCZOS up to rounding,
/// down to bytes between the directions.
/// </summary>
internal static class Lanczos
{
    private const double Lobes = 3;

    /// <summary>One direction of a resampling.</summary>
    /// <param name="From">Pixels before.</param>
    /// <param name="To">Pixels after.</param>
    /// <param name="Offset">The first of them that is wanted.</param>
    /// <param name="Length">How many are wanted.</param>
    internal readonly record struct Axis(int From, int To, int Offset, int Length)
    {
        /// <summary>Whether nothing changes.</summary>
        public bool IsWhole => From == To && Offset == 0 && Length == From;
    }

    /// <summary>The wanted part of the image at its new size.</summary>
    public static Planes Resample(Planes image, Axis across, Axis down)
    {
        if (across.IsWhole && down.IsWhole)
            return image;
        var (columns, rows) = (Weights(across), Weights(down));
        var values = new byte[image.Channels * down.Length * across.Length];
        var between = new byte[image.Height * across.Length];
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = 0; y < image.Height; y++)
                Across(image.Values.AsSpan((channel * image.Height + y) * image.Width, image.Width), columns, between.AsSpan(y * across.Length, across.Length));
            for (var y = 0; y < down.Length; y++)
                Down(between, rows[y], values.AsSpan((channel * down.Length + y) * across.Length, across.Length));
        }
        return new Planes(values, image.Channels, across.Length, down.Length);
    }

    private static void Across(ReadOnlySpan<byte> row, (int First, float[] Weights)[] columns, Span<byte> into)
    {
        for (var x = 0; x < into.Length; x++)
        {
            var (first, weights) = columns[x];
            var from = row.Slice(first, weights.Length);
            var sum = 0.5f;
            for (var tap = 0; tap < weights.Length; tap++)
                sum += weights[tap] * from[tap];
            into[x] = Byte(sum);
        }
    }

    private static void Down(ReadOnlySpan<byte> between, (int First, float[] Weights) row, Span<byte> into)
    {
        for (var x = 0; x < into.Length; x++)
        {
            var sum = 0.5f;
            for (var tap = 0; tap < row.Weights.Length; tap++)
                sum += row.Weights[tap] * between[(row.First + tap) * into.Length + x];
            into[x] = Byte(sum);
        }
    }

    // For each wanted pixel the first one that counts and the weights from there on, which add up to one.
    private static (int First, float[] Weights)[] Weights(Axis axis)
    {
        var step = (double)axis.From / axis.To;
        var stretch = Math.Max(1, step);
        var all = new (int, float[])[axis.Length];
        for (var index = 0; index < axis.Length; index++)
        {
            var centre = (index + axis.Offset + 0.5) * step;
            var first = Math.Max(0, (int)(centre - Lobes * stretch + 0.5));
            var last = Math.Min(axis.From, (int)(centre + Lobes * stretch + 0.5));
            var weights = Enumerable.Range(first, last - first).Select(at => Window((at + 0.5 - centre) / stretch)).ToArray();
            var sum = weights.Sum();
            all[index] = (first, [.. weights.Select(weight => (float)(weight / sum))]);
        }
        return all;
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value, 0, 255);

    private static double Window(double x) => x == 0 ? 1 : Math.Abs(x) >= Lobes ? 0 : Sinc(x) * Sinc(x / Lobes);

    private static double Sinc(double x) => Math.Sin(Math.PI * x) / (Math.PI * x);
}
