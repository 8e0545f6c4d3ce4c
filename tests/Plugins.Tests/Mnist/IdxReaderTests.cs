using NUnit.Framework;
using PluginGan.Plugins.Mnist.Idx;

namespace PluginGan.Plugins.Tests.Mnist;

public sealed class IdxReaderTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Images_of_any_size_are_read_plain_or_gzipped_whatever_the_name([Values] bool gzipped, [Values("images", "images.gz")] string name)
    {
        var content = IdxFile.Images(3, 5, 4);
        var array = IdxReader.Read(folder.Write(name, gzipped ? IdxFile.Gzip(content) : content), 3);

        Assert.Multiple(() =>
        {
            Assert.That(array.Sizes, Is.EqualTo(new[] { 3, 5, 4 }));
            Assert.That(array.Values, Is.EqualTo(content[16..]));
            Assert.That(array.Sha256(), Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))));
        });
    }

    [Test]
    public void Arrays_longer_than_the_first_allocation_are_read_whole([Values] bool gzipped)
    {
        var content = IdxFile.Images(3000, 28, 28);
        Assert.That(IdxReader.Read(folder.Write("images", gzipped ? IdxFile.Gzip(content) : content), 3).Values, Is.EqualTo(content[16..]));
    }

    [Test]
    public void A_truncated_file_is_refused([Values] bool gzipped, [Values(0, 3, 9, 40)] int length)
    {
        var content = IdxFile.Images(3, 5, 4)[..length];
        Assert.That(Refusal(gzipped ? IdxFile.Gzip(content) : content), Does.Contain("truncated").Or.Contain("too short"));
    }

    [Test]
    public void A_truncated_archive_is_refused()
    {
        var archive = IdxFile.Gzip([.. IdxFile.Bytes([1000], []), .. Random(1000)]);
        Assert.That(Refusal(archive[..(archive.Length / 2)], 1), Does.Contain("truncated").Or.Contain("damaged gzip"));
    }

    [Test]
    public void A_flipped_bit_in_an_archive_is_refused()
    {
        var archive = IdxFile.Gzip([.. IdxFile.Bytes([1000], []), .. Random(1000)]);
        archive[500] ^= 1;
        Assert.That(Refusal(archive, 1), Does.Contain("damaged gzip"));
    }

    [Test]
    public void A_header_that_claims_far_more_than_there_is_costs_no_memory([Values] bool gzipped)
    {
        var content = IdxFile.Bytes([2_000_000, 32, 32], [1, 2, 3]);
        var file = gzipped ? IdxFile.Gzip(content) : content;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Refusal(file);
        Assert.Multiple(() =>
        {
            Assert.That(message, Does.Contain("2000000×32×32").And.Contain("after 3"));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000_000));
        });
    }

    [Test]
    public void A_header_that_claims_more_than_can_be_addressed_is_refused() =>
        Assert.That(Refusal(IdxFile.Bytes([-1, -1, -1], [1])), Does.Contain("4294967295×4294967295×4294967295"));

    [Test]
    public void An_empty_array_is_refused() => Assert.That(Refusal(IdxFile.Bytes([0, 28, 28], [])), Does.Contain("0×28×28"));

    [Test]
    public void Bytes_after_the_end_are_refused([Values] bool gzipped)
    {
        byte[] content = [.. IdxFile.Images(3, 5, 4), 0];
        Assert.That(Refusal(gzipped ? IdxFile.Gzip(content) : content), Does.Contain("goes on after"));
    }

    [TestCase(0, 0x50)]
    [TestCase(2, 0x0d, Description = "floats")]
    [TestCase(3, 1, Description = "labels instead of images")]
    public void Another_kind_of_file_is_refused_with_the_magic_that_was_expected(int position, byte value)
    {
        var content = IdxFile.Images(3, 5, 4);
        content[position] = value;
        Assert.That(Refusal(content), Does.Contain(Convert.ToHexString(content[..4])).And.Contain("00000803"));
    }

    [Test]
    public void A_folder_in_place_of_a_file_is_reported_by_name() =>
        Assert.That(Assert.Throws<ComponentException>(() => IdxReader.Read(folder.Path, 3))!.Message, Does.Contain(folder.Path));

    private string Refusal(byte[] content, int dimensions = 3)
    {
        var path = folder.Write("file", content);
        var message = Assert.Throws<ComponentException>(() => IdxReader.Read(path, dimensions))!.Message;
        Assert.That(message, Does.StartWith(path));
        return message;
    }

    private static byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
