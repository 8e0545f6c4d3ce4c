using NUnit.Framework;
using PluginGan.Plugins.Images.Decoding;

namespace PluginGan.Plugins.Tests.Images;

/// <summary>Pixels on a background and as grey, to the last bit.</summary>
public sealed class TransparencyTests
{
    [Test]
    public void A_half_transparent_pixel_is_rounded_to_the_nearest_value([Values(0, 1, 128, 255)] int background)
    {
        // Every value with every alpha.
        var all = Enumerable.Range(0, 256).SelectMany(value => Enumerable.Range(0, 256), (value, alpha) => (Value: value, Alpha: alpha)).ToList();
        byte[] pixels = [.. all.SelectMany(pixel => new[] { (byte)pixel.Value, (byte)(255 - pixel.Value), (byte)7, (byte)pixel.Alpha })];

        var planes = Planes.From(pixels, 256, 256, 1, 3, (byte)background);

        // Of 255 parts none is half a step, so that "nearest" is one value.
        byte Over(int value, int alpha) => (byte)Math.Round((value * alpha + background * (255 - alpha)) / 255.0);
        Assert.That(planes.Values.AsSpan(0, 65536).SequenceEqual(all.Select(pixel => Over(pixel.Value, pixel.Alpha)).ToArray()), "red");
        Assert.That(planes.Values.AsSpan(65536, 65536).SequenceEqual(all.Select(pixel => Over(255 - pixel.Value, pixel.Alpha)).ToArray()), "green");
        Assert.That(planes.Values.AsSpan(131072).SequenceEqual(all.Select(pixel => Over(7, pixel.Alpha)).ToArray()), "blue");
    }

    [Test]
    public void Grey_stays_what_it_is_and_colours_become_the_nearest_luma()
    {
        // A grid of colours that holds all greys.
        int[] steps = [0, 1, 17, 85, 127, 128, 170, 254, 255];
        var colours = steps.SelectMany(_ => steps, (red, green) => (red, green)).SelectMany(_ => steps, (pair, blue) => (Red: pair.red, Green: pair.green, Blue: blue))
            .Concat(Enumerable.Range(0, 256).Select(grey => (Red: grey, Green: grey, Blue: grey))).ToList();
        byte[] pixels = [.. colours.SelectMany(colour => new[] { (byte)colour.Red, (byte)colour.Green, (byte)colour.Blue, byte.MaxValue })];

        var planes = Planes.From(pixels, colours.Count, 1, 1, 1, 255);

        foreach (var (colour, grey) in colours.Zip(planes.Values))
            Assert.That(Math.Abs(0.299 * colour.Red + 0.587 * colour.Green + 0.114 * colour.Blue - grey), Is.LessThan(0.504), colour.ToString());
        Assert.That(planes.Values.AsSpan(colours.Count - 256).SequenceEqual(Enumerable.Range(0, 256).Select(grey => (byte)grey).ToArray()));
    }
}
