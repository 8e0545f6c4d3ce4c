using System.Numerics;
using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>
/// The lowest frequencies of images of one size: the discrete cosine transform (DCT-II) over the whole image, divided by the root of the number of
/// pixels. A coefficient then belongs to a wave over the image, not to pixels, and resizing an image leaves it nearly as it was.
/// </summary>
internal sealed class LumaSpectrum
{
    /// <summary>Frequencies 0 to this less 1 in either direction.</summary>
    public const int Frequencies = 26;

    private readonly int width;
    private readonly int height;
    private readonly float[][] across;
    private readonly float[][] down;

    public LumaSpectrum(int width, int height) => (this.width, this.height, across, down) = (width, height, Waves(width), Waves(height));

    /// <summary>The luma (ITU-R BT.601, as in JPEG) of three colour planes.</summary>
    public static float[] Luma(float[] red, float[] green, float[] blue)
    {
        var luma = new float[red.Length];
        for (var pixel = 0; pixel < luma.Length; pixel++)
            luma[pixel] = 0.299f * red[pixel] + 0.587f * green[pixel] + 0.114f * blue[pixel];
        return luma;
    }

    /// <summary>The coefficients [vertical, horizontal] of a plane.</summary>
    public double[,] Analyse(float[] plane)
    {
        var spectrum = new double[Frequencies, Frequencies];
        var sums = new float[width];
        for (var vertical = 0; vertical < Frequencies; vertical++)
        {
            Array.Clear(sums);
            for (var row = 0; row < height; row++)
                Add(sums, plane.AsSpan(row * width, width), down[vertical][row]);
            for (var horizontal = 0; horizontal < Frequencies; horizontal++)
            {
                var sum = 0.0;
                for (var column = 0; column < width; column++)
                    sum += sums[column] * across[horizontal][column];
                spectrum[vertical, horizontal] = sum / width / height;
            }
        }
        return spectrum;
    }

    /// <summary>The plane that has these coefficients and no other frequencies.</summary>
    public float[] Synthesise(double[,] spectrum)
    {
        var plane = new float[width * height];
        var sums = new float[width];
        for (var vertical = 0; vertical < Frequencies; vertical++)
        {
            Array.Clear(sums);
            for (var horizontal = 0; horizontal < Frequencies; horizontal++)
                Add(sums, across[horizontal], (float)spectrum[vertical, horizontal]);
            for (var row = 0; row < height; row++)
                Add(plane.AsSpan(row * width, width), sums, down[vertical][row]);
        }
        return plane;
    }

    // Cosines whose squares have the mean 1.
    private static float[][] Waves(int length) =>
    [
        .. Enumerable.Range(0, Frequencies).Select(frequency => Enumerable.Range(0, length)
            .Select(place => (float)((frequency == 0 ? 1 : Math.Sqrt(2)) * Math.Cos(Math.PI * frequency * (place + 0.5) / length))).ToArray()),
    ];

    private static void Add(Span<float> sums, ReadOnlySpan<float> values, float factor)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(sums);
        var wideValues = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var index = 0; index < wide.Length; index++)
            wide[index] += wideValues[index] * factor;
        for (var index = wide.Length * Vector<float>.Count; index < sums.Length; index++)
            sums[index] += values[index] * factor;
    }
}
