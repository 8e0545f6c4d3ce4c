namespace PluginGan.Training;

/// <summary>
/// Writes watermarks that <see cref="WatermarkDetector"/> finds: quantisation index modulation with distortion compensation (Chen and Wornell, IEEE
/// Trans. Information Theory 47, 2001) of the image's low frequencies. Coefficients are drawn towards the nearest point of the key's lattice, as little as
/// lets the watermark outlast a trial of JPEG compression and resizing.
/// </summary>
public static class WatermarkEmbedder
{
    /// <summary>Images need that many pixels in width and height.</summary>
    public const int SmallestSide = 64;

    /// <summary>No image is changed more than to this peak signal-to-noise ratio, in decibels.</summary>
    public const double LowestPsnr = 38;

    private const int Rounds = 8;

    // A trial by one encoder and two resizers stands for many others.
    private const double WantedScore = 12;

    // How far towards the lattice: all the way would cost more than it gains.
    private static readonly double[] Strengths = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];

    /// <summary>Writes the watermark of a key into an image.</summary>
    /// <exception cref="ComponentException">The image is too small, or cannot hold a watermark that lasts without being changed too much.</exception>
    public static WatermarkedImage Embed(RgbImage image, WatermarkKey key)
    {
        if (Math.Min(image.Width, image.Height) < SmallestSide)
            throw new ComponentException($"an image of {image.Width}×{image.Height} pixels is too small for a watermark; {SmallestSide}×{SmallestSide} is the least");
        var spectrum = new LumaSpectrum(image.Width, image.Height);
        var planes = WatermarkDetector.Planes(image);
        var before = spectrum.Analyse(LumaSpectrum.Luma(planes[0], planes[1], planes[2]));
        var offsets = key.Offsets(WatermarkDetector.Band.Count);
        WatermarkedImage? best = null;
        var bestScore = 0.0;
        foreach (var strength in Strengths)
        {
            var marked = Draw(image, spectrum, [.. planes.Select(plane => (float[])plane.Clone())], Target(before, offsets, strength));
            var psnr = Psnr(image, marked);
            if (psnr < LowestPsnr)
                break;
            var lasting = AfterAttacks(marked, key).MinBy(detection => detection.Score)!;
            if (lasting.IsPresent && lasting.Score > bestScore)
                (best, bestScore) = (new WatermarkedImage(marked, psnr), lasting.Score);
            if (bestScore >= WantedScore)
                break;
        }
        return best ?? throw new ComponentException(
            $"this image of {image.Width}×{image.Height} pixels cannot be watermarked: with a change that stays above {LowestPsnr} dB no mark outlasts compression and resizing; a larger image can hold more");
    }

    /// <summary>The peak signal-to-noise ratio of two images of one size, in decibels, over all their bytes.</summary>
    public static double Psnr(RgbImage one, RgbImage other)
    {
        var sum = 0.0;
        for (var index = 0; index < one.Pixels.Length; index++)
        {
            var difference = one.Pixels[index] - other.Pixels[index];
            sum += difference * difference;
        }
        return 10 * Math.Log10(255.0 * 255 * one.Pixels.Length / sum);
    }

    private static double[,] Target(double[,] before, double[] offsets, double strength)
    {
        var target = (double[,])before.Clone();
        for (var index = 0; index < offsets.Length; index++)
        {
            var (vertical, horizontal) = WatermarkDetector.Band[index];
            var place = before[vertical, horizontal] / WatermarkDetector.Step - offsets[index];
            target[vertical, horizontal] += strength * WatermarkDetector.Step * (Math.Round(place) - place);
        }
        return target;
    }

    // Pixels end at black and white. What a step loses there the next ones put where there is room: projections in turn onto both demands.
    private static RgbImage Draw(RgbImage image, LumaSpectrum spectrum, float[][] planes, double[,] target)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var missing = new double[LumaSpectrum.Frequencies, LumaSpectrum.Frequencies];
            var now = spectrum.Analyse(LumaSpectrum.Luma(planes[0], planes[1], planes[2]));
            foreach (var (vertical, horizontal) in WatermarkDetector.Band)
                missing[vertical, horizontal] = target[vertical, horizontal] - now[vertical, horizontal];
            var change = spectrum.Synthesise(missing);
            foreach (var plane in planes)
                for (var pixel = 0; pixel < plane.Length; pixel++)
                    plane[pixel] = Math.Clamp(plane[pixel] + change[pixel], 0, 255);
        }
        var pixels = new byte[image.Pixels.Length];
        for (var index = 0; index < pixels.Length; index++)
            pixels[index] = (byte)MathF.Round(planes[index % 3][index / 3]);
        return new RgbImage(image.Width, image.Height, pixels);
    }

    private static IEnumerable<WatermarkDetection> AfterAttacks(RgbImage image, WatermarkKey key)
    {
        var compressed = Png.Decode(Png.EncodeJpeg(image, 80));
        foreach (var smooth in new[] { true, false })
            yield return WatermarkDetector.Detect(Png.Resize(compressed, (int)Math.Round(0.9 * image.Width), (int)Math.Round(0.9 * image.Height), smooth), key);
    }
}
