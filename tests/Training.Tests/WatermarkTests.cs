using NUnit.Framework;

namespace PluginGan.Training.Tests;

public class WatermarkTests
{
    private static readonly WatermarkKey Key = new("a key");

    [TestCase(64, 64, true)]
    [TestCase(64, 64, false)]
    [TestCase(88, 64, true)]
    [TestCase(300, 211, false)]
    public void A_mark_outlasts_png_then_jpeg_then_resizing_then_png(int width, int height, bool grey)
    {
        var image = Picture(width, height, 1, grey);

        var marked = WatermarkEmbedder.Embed(image, Key);
        var compressed = Png.Decode(Png.EncodeJpeg(Png.Decode(Png.Encode(marked.Image)), 80));
        var small = Png.Decode(Png.Encode(Png.Resize(compressed, width * 9 / 10, height * 9 / 10, smooth: true)));

        Assert.Multiple(() =>
        {
            Assert.That(WatermarkDetector.Detect(small, Key).IsPresent);
            Assert.That(marked.Psnr, Is.GreaterThanOrEqualTo(38).And.EqualTo(WatermarkEmbedder.Psnr(image, marked.Image)));
            Assert.That(WatermarkDetector.Detect(image, Key).IsPresent, Is.False);
            Assert.That(WatermarkDetector.Detect(small, new WatermarkKey("another key")).IsPresent, Is.False);
        });
    }

    [TestCase(0)]
    [TestCase(255)]
    [TestCase(128)]
    public void Even_an_image_of_one_colour_can_be_marked(int value)
    {
        var pixels = new byte[3 * 64 * 64];
        Array.Fill(pixels, (byte)value);

        var marked = WatermarkEmbedder.Embed(new RgbImage(64, 64, pixels), Key);

        Assert.That(marked.Psnr, Is.GreaterThanOrEqualTo(38));
        Assert.That(WatermarkDetector.Detect(marked.Image, Key).IsPresent);
    }

    [Test]
    public void A_grey_image_stays_grey()
    {
        var marked = WatermarkEmbedder.Embed(Picture(64, 64, 2, grey: true), Key).Image.Pixels;

        Assert.That(marked.Chunk(3).Select(pixel => pixel.Distinct().Count()), Is.All.EqualTo(1));
    }

    [Test]
    public void The_same_image_and_key_give_the_same_bytes()
    {
        var first = WatermarkEmbedder.Embed(Picture(70, 64, 3, grey: false), Key).Image.Pixels;

        Assert.That(WatermarkEmbedder.Embed(Picture(70, 64, 3, grey: false), new WatermarkKey("a key")).Image.Pixels, Is.EqualTo(first));
    }

    [Test]
    public void The_stated_probability_of_a_false_alarm_bounds_how_often_as_much_is_found_by_chance()
    {
        var image = Picture(64, 64, 4, grey: false);

        var probabilities = Enumerable.Range(0, 3000).Select(number => WatermarkDetector.Detect(image, new WatermarkKey($"key {number}")).FalseAlarm).ToList();

        Assert.Multiple(() =>
        {
            // It is a bound of four trials, so that less than the level itself is expected.
            Assert.That(probabilities.Count(probability => probability <= 0.1) / 3000.0, Is.InRange(0.002, 0.1));
            Assert.That(probabilities.Count(probability => probability <= 0.01) / 3000.0, Is.LessThanOrEqualTo(0.01));
            Assert.That(probabilities.Count(probability => probability <= WatermarkDetection.Threshold), Is.Zero);
        });
    }

    [Test]
    public void A_coefficient_belongs_to_a_wave_over_the_image_whatever_its_size()
    {
        var image = Picture(256, 192, 5, grey: true);

        var large = Spectrum(image);
        var small = Spectrum(Png.Resize(image, 128, 96, smooth: true));

        for (var vertical = 0; vertical < 8; vertical++)
            for (var horizontal = 0; horizontal < 8; horizontal++)
                Assert.That(small[vertical, horizontal], Is.EqualTo(large[vertical, horizontal]).Within(0.3));
    }

    [Test]
    public void Analysis_undoes_synthesis()
    {
        var spectrum = new LumaSpectrum(67, 33);
        var waves = new double[LumaSpectrum.Frequencies, LumaSpectrum.Frequencies];
        (waves[0, 0], waves[3, 5], waves[25, 25], waves[7, 0]) = (100, -2, 1.5, 4);

        var again = spectrum.Analyse(spectrum.Synthesise(waves));

        for (var vertical = 0; vertical < LumaSpectrum.Frequencies; vertical++)
            for (var horizontal = 0; horizontal < LumaSpectrum.Frequencies; horizontal++)
                Assert.That(again[vertical, horizontal], Is.EqualTo(waves[vertical, horizontal]).Within(1e-3));
    }

    [Test]
    public void Images_that_are_too_small_are_refused_with_the_least_size()
    {
        Assert.That(() => WatermarkEmbedder.Embed(Picture(63, 100, 1, grey: true), Key), Throws.TypeOf<ComponentException>().With.Message.Contains("63×100").And.Message.Contains("64×64"));
        Assert.That(() => WatermarkDetector.Detect(Picture(100, 31, 1, grey: true), Key), Throws.TypeOf<ComponentException>().With.Message.Contains("100×31").And.Message.Contains("32×32"));
        Assert.That(() => new WatermarkKey(""), Throws.ArgumentException);
    }

    [Test]
    public void An_image_that_cannot_hold_a_mark_within_the_allowed_change_is_refused()
    {
        // Colours at their ends can be moved in one direction only, and compression of blocks of two pixels drowns what is left.
        var random = new Random(1);
        var pixels = new byte[3 * 64 * 64];
        for (var row = 0; row < 64; row += 2)
            for (var column = 0; column < 64; column += 2)
                for (var channel = 0; channel < 3; channel++)
                {
                    var value = random.Next(2) == 0 ? (byte)0 : (byte)255;
                    foreach (var at in new[] { row * 64 + column, row * 64 + column + 1, row * 64 + 64 + column, row * 64 + 65 + column })
                        pixels[3 * at + channel] = value;
                }

        Assert.That(() => WatermarkEmbedder.Embed(new RgbImage(64, 64, pixels), Key), Throws.TypeOf<ComponentException>().With.Message.Contains("38 dB"));
    }

    private static double[,] Spectrum(RgbImage image)
    {
        var planes = WatermarkDetector.Planes(image);
        return new LumaSpectrum(image.Width, image.Height).Analyse(LumaSpectrum.Luma(planes[0], planes[1], planes[2]));
    }

    // Discs of random colours over each other: edges and flat regions.
    private static RgbImage Picture(int width, int height, int seed, bool grey)
    {
        var random = new Random(seed);
        var pixels = new byte[3 * width * height];
        for (var disc = 0; disc < 40; disc++)
        {
            var (x, y, radius) = (random.Next(width), random.Next(height), random.Next(2, Math.Min(width, height) / 4));
            var colour = Enumerable.Range(0, 3).Select(_ => (byte)random.Next(256)).ToArray();
            for (var row = 0; row < height; row++)
                for (var column = 0; column < width; column++)
                    if ((row - y) * (row - y) + (column - x) * (column - x) <= radius * radius)
                        for (var channel = 0; channel < 3; channel++)
                            pixels[3 * (row * width + column) + channel] = colour[grey ? 0 : channel];
        }
        return new RgbImage(width, height, pixels);
    }
}
