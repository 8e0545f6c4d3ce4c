using NUnit.Framework;
using PluginGan.Plugins.Images.Decoding;
using PluginGan.Plugins.Images.Folders;

namespace PluginGan.Plugins.Tests.Images;

/// <summary>Real files of all sorts against what Pillow makes of them; <c>Files/make.py</c> made both.</summary>
public sealed class DecodingTests
{
    private const int Width = 16, Height = 12;

    [TestCase("rgb.png", 0)]
    [TestCase("rgb.bmp", 0)]
    [TestCase("lossless.webp", 0)]
    [TestCase("palette.png", 0)]
    [TestCase("palette.bmp", 0)]
    [TestCase("animated.webp", 0)]
    [TestCase("animated.png", 0)]
    [TestCase("animated.gif", 0)]
    [TestCase("grey.png", 0)]
    [TestCase("bilevel.png", 0)]
    [TestCase("rgb16.png", 1)]
    [TestCase("grey16.png", 1)]
    [TestCase("alpha.png", 1)]
    [TestCase("alpha.webp", 1)]
    [TestCase("grey-alpha.png", 1)]
    [TestCase("palette-alpha.png", 0)]
    [TestCase("grey.jpg", 2)]
    [TestCase("baseline.jpg", 3)]
    [TestCase("progressive.jpg", 3)]
    [TestCase("cmyk.jpg", 4)]
    [TestCase("lossy.webp", 6)]
    public void A_file_decodes_as_elsewhere(string name, int tolerance)
    {
        using var folder = new PictureFolder().With(name);
        using var images = folder.Open(options => options.Channels = ChannelMode.Rgb);

        Assert.That(images.Spec.Sample, Is.EqualTo(new ImageSpec(3, Height, Width)));
        Assert.That(Distance(PictureFolder.Bytes(images), PictureFolder.Expected(name)), Is.LessThanOrEqualTo(tolerance));
    }

    [Test]
    public void An_image_stands_upright_whatever_its_orientation([Range(1, 8)] int orientation) => StandsUpright($"exif{orientation}.jpg", orientation, 3);

    [Test]
    public void WebP_stands_upright_too() => StandsUpright("exif6.webp", 6, 0);

    [Test]
    public void Grey_is_luma()
    {
        using var folder = new PictureFolder().With("rgb.png");
        using var images = folder.Open(options => options.Channels = ChannelMode.Grey);
        var rgb = PictureFolder.Expected("rgb.png");
        const int Size = Width * Height;

        var luma = Enumerable.Range(0, Size).Select(at => (byte)Math.Round(0.299 * rgb[at] + 0.587 * rgb[Size + at] + 0.114 * rgb[2 * Size + at])).ToArray();

        Assert.That(images.Spec.Sample, Is.EqualTo(new ImageSpec(1, Height, Width)));
        Assert.That(Distance(PictureFolder.Bytes(images), luma), Is.LessThanOrEqualTo(1));
    }

    [TestCase("grey.png", "grey.jpg", 1)]
    [TestCase("grey16.png", "grey-alpha.png", 1)]
    [TestCase("bilevel.png", "grey.png", 1)]
    [TestCase("grey.png", "rgb.png", 3)]
    [TestCase("baseline.jpg", "grey.jpg", 3)]
    public void Auto_is_grey_where_all_files_store_grey(string one, string other, int channels)
    {
        using var folder = new PictureFolder().With(one).With(other);
        using var images = folder.Open();

        Assert.That(((ImageSpec)images.Spec.Sample).Channels, Is.EqualTo(channels));
    }

    [Test]
    public void The_splits_of_a_folder_have_the_same_channels()
    {
        using var folder = new PictureFolder();
        foreach (var index in Enumerable.Range(0, 9))
            folder.With("grey.png", $"{index}.png");
        folder.With("rgb.png", "9.png");
        using var train = folder.Open(options => (options.Split, options.TestShare) = (FolderSplit.Train, 0.5));
        using var test = folder.Open(options => (options.Split, options.TestShare) = (FolderSplit.Test, 0.5));

        Assert.That(train.Spec, Is.EqualTo(test.Spec));
    }

    [Test]
    public void Transparency_is_put_on_black_where_that_is_asked_for()
    {
        using var folder = new PictureFolder().With("alpha.png");
        using var white = folder.Open();
        using var black = folder.Open(options => options.Background = Background.Black);

        var darker = PictureFolder.Bytes(white).Zip(PictureFolder.Bytes(black), (onWhite, onBlack) => onWhite - onBlack).ToArray();

        // Alpha is (17 x + 5 y) mod 256, and what shows through is the rest of it.
        var expected = Enumerable.Range(0, darker.Length).Select(at => 255 - (17 * (at % Width) + 5 * (at / Width % Height)) % 256).ToArray();
        Assert.That(darker.Zip(expected, (one, other) => Math.Abs(one - other)).Max(), Is.LessThanOrEqualTo(1));
    }

    [TestCase(ResizeMode.Fit, 16, "wide.fit16")]
    [TestCase(ResizeMode.Stretch, 16, "wide.stretch16")]
    [TestCase(ResizeMode.Stretch, 100, "wide.stretch100")]
    [TestCase(ResizeMode.Pad, 16, "wide.pad16")]
    public void Resizing_gives_what_Pillow_gives(ResizeMode mode, int size, string expected)
    {
        using var folder = new PictureFolder().With("wide.png");
        using var images = folder.Open(options => (options.Size, options.Resize) = (size, mode));

        Assert.That(images.Spec.Sample, Is.EqualTo(new ImageSpec(3, size, size)));
        Assert.That(Distance(PictureFolder.Bytes(images), PictureFolder.Expected(expected)), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_random_crop_is_a_part_of_the_scaled_image_and_depends_on_the_seed_only()
    {
        using var folder = new PictureFolder().With("rgb.png");
        using var whole = folder.Open(options => options.Size = 0);
        using var images = folder.Open(options => (options.Size, options.Resize) = (Height, ResizeMode.RandomCrop));
        var parts = Enumerable.Range(0, Width - Height + 1).Select(left => Columns(PictureFolder.Bytes(whole), left)).ToList();

        var drawn = Enumerable.Range(0, 40).Select(seed => Read((ulong)seed)).ToList();

        Assert.That(images, Is.Not.InstanceOf<IInMemory>());
        Assert.That(drawn.Select(crop => parts.FindIndex(part => part.SequenceEqual(crop))).Distinct().Order(), Is.EqualTo(Enumerable.Range(0, parts.Count)));
        Assert.That(Read(7), Is.EqualTo(drawn[7]));

        byte[] Read(ulong seed)
        {
            using var batch = images.Read([0], seed);
            return batch.Samples.bytes.ToArray();
        }

        static byte[] Columns(byte[] image, int left) => [.. image.Chunk(Width).SelectMany(row => row.Skip(left).Take(Height))];
    }

    private static void StandsUpright(string name, int orientation, int tolerance)
    {
        using var folder = new PictureFolder().With(name);
        using var images = folder.Open();

        Assert.That(images.Spec.Sample, Is.EqualTo(orientation >= 5 ? new ImageSpec(3, Width, Height) : new ImageSpec(3, Height, Width)));
        Assert.That(Distance(PictureFolder.Bytes(images), PictureFolder.Expected(name)), Is.LessThanOrEqualTo(tolerance));
    }

    private static int Distance(byte[] one, byte[] other)
    {
        Assert.That(one, Has.Length.EqualTo(other.Length));
        return one.Zip(other, (left, right) => Math.Abs(left - right)).Max();
    }
}
