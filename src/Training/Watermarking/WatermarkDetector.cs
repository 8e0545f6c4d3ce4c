namespace PluginGan.Training;

/// <summary>
/// Finds watermarks with the key and nothing else: no original, no size that the image once had. Each frequency of a band has an offset that the
/// key decides. In a marked image the coefficients lie near the points of a lattice shifted by that offset; in any other they lie anywhere, as seen from the
/// key. The score adds up the cosines of the distances to the lattice (docs/adr/0019-watermark.md).
/// </summary>
public static class WatermarkDetector
{
    /// <summary>Less than that many pixels in width or height cannot hold the frequencies.</summary>
    public const int SmallestSide = 32;

    /// <summary>The distance of two points of the lattice, in grey levels as <see cref="LumaSpectrum"/> counts.</summary>
    internal const double Step = 0.6;

    // Below the band an image is too strong for a change in contrast of a percent to do no harm, above it JPEG rounds most away.
    private const double Lowest = 4;

    // How often the image may have gone through the blur of a linear interpolation: nobody knows, so each is tried.
    private static readonly double[] Blurs = [0, 0.5, 1, 1.5];

    /// <summary>The frequencies that carry the watermark, in the order of the key's offsets.</summary>
    internal static IReadOnlyList<(int Vertical, int Horizontal)> Band { get; } =
    [
        .. from vertical in Enumerable.Range(0, LumaSpectrum.Frequencies)
           from horizontal in Enumerable.Range(0, LumaSpectrum.Frequencies)
           let radius = Math.Sqrt(vertical * vertical + horizontal * horizontal)
           where radius >= Lowest && radius < LumaSpectrum.Frequencies
           select (vertical, horizontal),
    ];

    /// <summary>Looks for the watermark of a key.</summary>
    /// <exception cref="ComponentException">The image is too small.</exception>
    public static WatermarkDetection Detect(RgbImage image, WatermarkKey key)
    {
        if (Math.Min(image.Width, image.Height) < SmallestSide)
            throw new ComponentException($"an image of {image.Width}×{image.Height} pixels cannot hold a watermark; {SmallestSide}×{SmallestSide} is the least");
        var planes = Planes(image);
        var spectrum = new LumaSpectrum(image.Width, image.Height).Analyse(LumaSpectrum.Luma(planes[0], planes[1], planes[2]));
        var offsets = key.Offsets(Band.Count);
        var score = Blurs.Max(blur => Score(spectrum, offsets, Passed(image.Height, blur), Passed(image.Width, blur)));
        // Of independent cosines of uniform angles (mean 0, variance ½, generating function I₀(t) ≤ exp(t²/4)): Chernoff's bound, for each of the trials.
        return new WatermarkDetection(score, score <= 0 ? 1 : Math.Min(1, Blurs.Length * Math.Exp(-score * score / 2)));
    }

    /// <summary>The colour planes of an image, row by row.</summary>
    internal static float[][] Planes(RgbImage image)
    {
        var planes = new float[3][];
        for (var channel = 0; channel < 3; channel++)
        {
            planes[channel] = new float[image.Width * image.Height];
            for (var pixel = 0; pixel < planes[channel].Length; pixel++)
                planes[channel][pixel] = image.Pixels[3 * pixel + channel];
        }
        return planes;
    }

    private static double Score(double[,] spectrum, double[] offsets, double[] passedDown, double[] passedAcross)
    {
        var sum = 0.0;
        for (var index = 0; index < offsets.Length; index++)
        {
            var (vertical, horizontal) = Band[index];
            var coefficient = spectrum[vertical, horizontal] / passedDown[vertical] / passedAcross[horizontal];
            sum += Math.Cos(2 * Math.PI * (coefficient / Step - offsets[index]));
        }
        return sum / Math.Sqrt(offsets.Length / 2.0);
    }

    // What is left of each frequency after the triangle filter of a linear interpolation to that many pixels: sinc².
    private static double[] Passed(int length, double times) =>
    [
        .. Enumerable.Range(0, LumaSpectrum.Frequencies).Select(frequency =>
        {
            var angle = Math.PI * frequency / (2.0 * length);
            return frequency == 0 ? 1 : Math.Pow(Math.Sin(angle) / angle, 2 * times);
        }),
    ];
}
