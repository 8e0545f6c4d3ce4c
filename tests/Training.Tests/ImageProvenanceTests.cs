using System.Text;
using NUnit.Framework;

namespace PluginGan.Training.Tests;

public class ImageProvenanceTests
{
    private static readonly ImageProvenance Origin = new() { Run = "20260101-000000-a <b> & \"c\"-1234", ModelSha256 = new string('a', 64) };

    [Test]
    public void Xmp_stands_before_the_pixels_in_an_uncompressed_text_chunk()
    {
        var chunks = AnimatedPngTests.Chunks(Png.Encode(AnimatedPngTests.Noise(7, 3, 1), Origin));

        var (type, data) = chunks[1];
        var keyword = Encoding.ASCII.GetBytes("XML:com.adobe.xmp\0\0\0\0\0");
        Assert.Multiple(() =>
        {
            Assert.That(type, Is.EqualTo("iTXt"));
            Assert.That(data[..keyword.Length], Is.EqualTo(keyword));
            Assert.That(Encoding.UTF8.GetString(data[keyword.Length..]), Does.StartWith("<?xpacket").And.Contain(ImageProvenance.Generated).And.Contain("PluginGan ").And.Contain(Origin.ModelSha256));
        });
    }

    [Test]
    public void What_is_written_can_be_read_and_the_pixels_stay_as_they_were()
    {
        var image = AnimatedPngTests.Noise(7, 3, 1);

        var file = Png.Encode(image, Origin with { SourceType = ImageProvenance.Composite });

        Assert.That(ImageProvenance.Read(file), Is.EqualTo(Origin with { SourceType = ImageProvenance.Composite }));
        Assert.That(Png.Decode(file).Pixels, Is.EqualTo(image.Pixels));
    }

    [Test]
    public void Newer_provenance_replaces_the_older()
    {
        var file = (Origin with { Run = "new" }).Embed(Png.Encode(AnimatedPngTests.Noise(7, 3, 1), Origin));

        Assert.That(AnimatedPngTests.Chunks(file).Count(chunk => chunk.Type == "iTXt"), Is.EqualTo(1));
        Assert.That(ImageProvenance.Read(file)!.Run, Is.EqualTo("new"));
    }

    [Test]
    public void Properties_that_another_program_has_written_as_attributes_are_read()
    {
        const string Packet = """
            anything before <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Another 2.0"/></rdf:RDF></x:xmpmeta> and after
            """;

        Assert.That(ImageProvenance.Read(Encoding.UTF8.GetBytes(Packet)), Is.EqualTo(new ImageProvenance { Software = "Another 2.0", SourceType = null }));
    }

    [TestCase("no XMP at all")]
    [TestCase("<x:xmpmeta that never ends")]
    [TestCase("<x:xmpmeta xmlns:x='adobe:ns:meta/'><broken></x:xmpmeta>")]
    [TestCase("<x:xmpmeta/><!DOCTYPE a [<!ENTITY b 'c'>]></x:xmpmeta>")]
    public void Files_without_xmp_that_can_be_read_have_no_provenance(string file)
    {
        Assert.That(ImageProvenance.Read(Encoding.UTF8.GetBytes(file)), Is.Null);
    }

    [Test]
    public void What_is_no_png_or_a_damaged_one_is_refused()
    {
        var file = Png.Encode(AnimatedPngTests.Noise(7, 3, 1));
        var flipped = (byte[])file.Clone();
        flipped[20] ^= 1;

        Assert.That(() => Origin.Embed([1, 2, 3]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("not a PNG file"));
        Assert.That(() => Origin.Embed(file[..^7]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("truncated"));
        Assert.That(() => Origin.Embed(flipped), Throws.TypeOf<InvalidDataException>().With.Message.Contains("checksum"));
        Assert.That(() => Png.Decode(Encoding.UTF8.GetBytes("text")), Throws.TypeOf<InvalidDataException>().With.Message.Contains("not an image"));
    }
}
