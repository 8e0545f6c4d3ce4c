using System.Text;
using NUnit.Framework;

namespace PluginGan.Training.Tests;

public class ImageFileTests
{
    private static readonly ImageProvenance Origin = new() { Run = "a <b> & c", ModelSha256 = new string('a', 64) };

    [TestCaseSource(typeof(ImageFile), nameof(ImageFile.Extensions))]
    public void Every_format_keeps_the_size_and_says_where_the_image_is_from(string extension)
    {
        var image = AnimatedPngTests.Noise(37, 21, 1);

        var file = ImageFile.Encode(image, extension, Origin);

        Assert.That(ImageProvenance.Read(file), Is.EqualTo(Origin));
        Assert.That((Png.Decode(file).Width, Png.Decode(file).Height), Is.EqualTo((37, 21)));
        if (extension is ".png" or ".webp")
            Assert.That(Png.Decode(file).Pixels, Is.EqualTo(image.Pixels), "nothing is lost");
    }

    [TestCaseSource(typeof(ImageFile), nameof(ImageFile.Extensions))]
    public void Newer_provenance_replaces_the_older(string extension)
    {
        var file = (Origin with { Run = "new" }).Embed(ImageFile.Encode(AnimatedPngTests.Noise(37, 21, 2), extension, Origin));

        Assert.That(ImageProvenance.Read(file)!.Run, Is.EqualTo("new"));
        Assert.That(Encoding.Latin1.GetString(file).Split("<x:xmpmeta"), Has.Length.EqualTo(2));
        Assert.That(Png.Decode(file).Width, Is.EqualTo(37));
    }

    [Test]
    public void A_webp_file_becomes_an_extended_one_whose_lengths_add_up()
    {
        var file = ImageFile.Encode(AnimatedPngTests.Noise(300, 7, 3), ".webp", Origin);

        Assert.That(Encoding.ASCII.GetString(file, 8, 8), Is.EqualTo("WEBPVP8X"));
        Assert.That(BitConverter.ToInt32(file, 4), Is.EqualTo(file.Length - 8));
        Assert.That((file[20] & 0x04, file[24] + 256 * file[25] + 1, file[27] + 1), Is.EqualTo((4, 300, 7)));
    }

    [Test]
    public void Xmp_in_a_jpeg_file_is_a_segment_before_the_pixels()
    {
        var file = ImageFile.Encode(AnimatedPngTests.Noise(37, 21, 4), ".jpg", Origin);
        var text = Encoding.Latin1.GetString(file);

        var at = text.IndexOf("http://ns.adobe.com/xap/1.0/\0", StringComparison.Ordinal);
        Assert.That((file[at - 4], file[at - 3]), Is.EqualTo((0xFF, 0xE1)));
        Assert.That(text[(at + 29)..], Does.StartWith("<?xpacket"));
        var end = text.IndexOf("<?xpacket end=\"r\"?>", StringComparison.Ordinal) + 19;
        Assert.That(file[at - 2] * 256 + file[at - 1], Is.EqualTo(end - (at - 2)));
        Assert.That(at, Is.LessThan(text.IndexOf("\u00ff\u00da", StringComparison.Ordinal)));
    }

    [TestCase(".jpg")]
    [TestCase(".webp")]
    public void A_truncated_file_is_refused(string extension)
    {
        var file = ImageFile.Encode(AnimatedPngTests.Noise(37, 21, 5), extension, Origin);

        Assert.That(() => Origin.Embed(file[..40]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("truncated"));
    }
}
