using System.IO.Compression;
using System.Text;
using NUnit.Framework;
using PluginGan.Plugins.Images.Npz;
using PluginGan.Plugins.Tests.Mnist;
using PluginGan.Training;

namespace PluginGan.Plugins.Tests.Images;

/// <summary>Archives that NumPy wrote; <c>Files/make.py</c> made them and what is expected.</summary>
public sealed class NpzTests
{
    [TestCase(NpzSplit.Train, 7)]
    [TestCase(NpzSplit.Val, 3)]
    [TestCase(NpzSplit.Test, 2)]
    public void A_compressed_archive_of_grey_images_is_read(NpzSplit split, int count)
    {
        using var images = Open("grey.npz", options => options.Split = split);

        Assert.That(images.Spec.Sample, Is.EqualTo(new ImageSpec(1, 5, 4)));
        Assert.That(images.Count, Is.EqualTo(count));
        Assert.That(((ClassCondition)images.Spec.Condition).Names, Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(PictureFolder.Labels(images), Is.EqualTo(Enumerable.Range(0, count).Select(index => index % 3)));
        if (split == NpzSplit.Train)
            Assert.That(PictureFolder.Bytes(images), Is.EqualTo(Expected("grey.npz")));
    }

    [Test]
    public void Colours_become_channels()
    {
        using var images = Open("rgb.npz", options => options.Split = NpzSplit.Test);

        Assert.That(images.Spec.Sample, Is.EqualTo(new ImageSpec(3, 5, 4)));
        Assert.That(PictureFolder.Bytes(images), Is.EqualTo(Expected("rgb.npz")));
        Assert.That(PictureFolder.Labels(images), Is.EqualTo(new[] { 0, 1 }));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void The_host_writes_archives_that_are_read(int channels)
    {
        using var folder = new PictureFolder();
        using var scope = TorchSharp.torch.NewDisposeScope();
        var spec = new ImageSpec(channels, 5, 4);
        var bytes = TorchSharp.torch.randint(0, 256, [6, channels, 5, 4], TorchSharp.torch.ScalarType.Byte);
        var path = Path.Combine(folder.Root, "written.npz");
        using (var file = File.Create(path))
        {
            NumpyArchive.Write(file, new Dictionary<string, TorchSharp.torch.Tensor>
            {
                ["train_images"] = SampleFile.Array(bytes.to(TorchSharp.torch.ScalarType.Float32).div(127.5f).sub(1), spec),
                ["train_labels"] = TorchSharp.torch.arange(6),
            }, new ImageProvenance());
        }

        using var images = NpzImages.Open(new NpzOptions { Path = path });

        Assert.That(images.Spec.Sample, Is.EqualTo(spec));
        Assert.That(PictureFolder.Bytes(images), Is.EqualTo(bytes.data<byte>().ToArray()));
        Assert.That(PictureFolder.Labels(images), Is.EqualTo(Enumerable.Range(0, 6)));
    }

    [Test]
    public void A_subset_is_the_first_images_with_their_labels()
    {
        using var images = Open("grey.npz", options => options.Subset = 4);

        Assert.That(PictureFolder.Bytes(images), Is.EqualTo(Expected("grey.npz")[..80]));
        Assert.That(PictureFolder.Labels(images), Is.EqualTo(new[] { 0, 1, 2, 0 }));
    }

    [Test]
    public void Classes_have_the_names_that_are_given()
    {
        using var images = Open("grey.npz", options => options.Classes = ["a", "b", "c", "d"]);

        Assert.That(((ClassCondition)images.Spec.Condition).Names, Is.EqualTo(new[] { "a", "b", "c", "d" }));
    }

    [Test]
    public void Without_labels_none_are_read([Values("grey.npz", "several.npz")] string name)
    {
        using var images = Open(name, options => options.Labels = false);

        Assert.That((images.Count, images.Spec.Condition), Is.EqualTo((7, ConditionSpec.None)));
    }

    [TestCase("objects.npz", "pickled")]
    [TestCase("fortran.npz", "Fortran")]
    [TestCase("floats.npz", "'<f8'")]
    [TestCase("big-endian.npz", "'>i4'")]
    [TestCase("several.npz", "[7, 14]")]
    [TestCase("volumes.npz", "[2, 4, 4, 4]")]
    [TestCase("fields.npz", "fields")]
    [TestCase("negative.npz", "negative")]
    [TestCase("numbers.npz", "420000")]
    [TestCase("fewer.npz", "3 labels for 7 images")]
    [TestCase("other.npz", "'train_images'; it has images, targets")]
    [TestCase("missing.npz", "does not exist")]
    [TestCase("make.py", "numpy.savez")]
    public void What_is_no_such_archive_is_refused_with_the_reason(string name, string reason) =>
        Assert.That(Refusal(name), Does.Contain(reason).And.Contain(name));

    [Test]
    public void Options_that_do_not_fit_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Refusal("grey.npz", options => options.Subset = 8), Does.Contain("'subset'").And.Contain("7"));
            Assert.That(Refusal("grey.npz", options => options.Classes = ["a", "b"]), Does.Contain("'classes'").And.Contain("label 2").And.Contain("name 3"));
            Assert.That(Refusal("grey.npz", options => (options.Classes, options.Labels) = (["a"], false)), Does.Contain("'classes'").And.Contain("'labels'"));
        });
    }

    [Test]
    public void A_truncated_array_is_refused()
    {
        using var source = ZipFile.OpenRead(Path.Combine(PictureFolder.Committed, "grey.npz"));
        using var array = source.GetEntry("train_images.npy")!.Open();
        var start = new byte[200];
        array.ReadExactly(start);

        Assert.That(RefusalOf(start), Does.Contain("truncated"));
        Assert.That(RefusalOf(start[..20]), Does.Contain("truncated"));
        Assert.That(RefusalOf([]), Does.Contain("truncated"));
    }

    [Test]
    public void A_flipped_byte_is_found_by_the_checksum_in_images_and_labels_and_beyond_a_subset([Values("train_images.npy", "train_labels.npy")] string array, [Values(0, 1)] int subset)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "flipped.npz");
        using (var from = ZipFile.OpenRead(Path.Combine(PictureFolder.Committed, "grey.npz")))
        using (var into = ZipFile.Open(path, ZipArchiveMode.Create))
            foreach (var entry in from.Entries)
                using (Stream source = entry.Open(), target = into.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open())
                    source.CopyTo(target);
        var bytes = File.ReadAllBytes(path);
        var name = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(array));
        // The last byte of a stored array lies before the header of the next.
        var end = name + bytes.AsSpan(name).IndexOf("PK"u8) - 1;
        bytes[end] ^= 1;
        File.WriteAllBytes(path, bytes);

        var message = Assert.Throws<ComponentException>(() => NpzImages.Open(new NpzOptions { Path = path, Subset = subset }).Dispose())!.Message;

        Assert.That(message, Does.Contain($"'{array[..^4]}' in {path} is damaged: its checksum"));
    }

    [Test]
    public void A_header_that_claims_more_than_the_archive_holds_is_refused_before_memory_is_taken() =>
        Assert.That(RefusalOf(Header("1000000000000, 28, 28")), Does.Contain("claims 784000000000000 bytes, but the archive holds 0"));

    [Test]
    public void What_expands_to_more_than_there_is_is_refused_with_what_it_takes()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "large.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        using (var into = archive.CreateEntry("train_images.npy").Open())
        {
            into.Write(Header("20000, 32, 32"));
            into.Write(new byte[20000 * 32 * 32]);
        }
        Assert.That(new FileInfo(path).Length, Is.LessThan(100_000));
        Dataset Open(int subset) => NpzImages.Open(new NpzOptions { Path = path, Labels = false, Subset = subset }, memory: 10_000_000);

        Assert.That(() => Open(0), Throws.TypeOf<ComponentException>().With.Message.EqualTo($"'train_images' in {path} would take 20.5 MB of memory, and 10.0 MB are available; set 'subset' to a smaller number of images"));
        using var some = Open(500);
        Assert.That(some.Count, Is.EqualTo(500));
    }

    private static byte[] Header(string shape)
    {
        var text = $"{{'descr': '|u1', 'fortran_order': False, 'shape': ({shape}), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];
    }

    [TestCase("not an array at all", "no NumPy array")]
    [TestCase("\u0093NUMPY\u0002\0\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes")]
    [TestCase("\u0093NUMPY\u0001\0\u0010\0{'descr': '|u1',}", "damaged")]
    [TestCase("\u0093NUMPY\u0001\0\u0040\0{'descr': '|u1', 'fortran_order': False, 'shape': (-2, 3, 3), }  ", "(-2, 3, 3)")]
    [TestCase("\u0093NUMPY\u0001\0\u0040\0{'descr': '|u1', 'fortran_order': False, 'shape': (0, 28, 28), } ", "[0, 28, 28]")]
    [TestCase("\u0093NUMPY\u0001\0\u0050\0{'descr': '|u1', 'fortran_order': False, 'shape': (4000000000, 4000000000, 9), }  ", "'train_images'")]
    public void A_header_that_is_none_is_refused(string array, string reason) => Assert.That(RefusalOf(Encoding.Latin1.GetBytes(array)), Does.Contain(reason));

    private static byte[] Expected(string name) => File.ReadAllBytes(Path.Combine(PictureFolder.Committed, name + ".bytes"));

    private static Dataset Open(string name, Action<NpzOptions>? change = null)
    {
        var options = new NpzOptions { Path = Path.Combine(PictureFolder.Committed, name) };
        change?.Invoke(options);
        return NpzImages.Open(options);
    }

    // What is said of an archive with these bytes as its images.
    private static string RefusalOf(byte[] array)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "own.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        using (var into = archive.CreateEntry("train_images.npy").Open())
            into.Write(array);
        var message = Assert.Throws<ComponentException>(() => NpzImages.Open(new NpzOptions { Path = path }).Dispose())!.Message;
        Assert.That(message, Does.Contain("'train_images'").And.Contain(path));
        return message;
    }

    private static string Refusal(string name, Action<NpzOptions>? change = null) => Assert.Throws<ComponentException>(() => Open(name, change).Dispose())!.Message;
}
