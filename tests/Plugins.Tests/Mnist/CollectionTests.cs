using NUnit.Framework;
using PluginGan.Plugins.Mnist;
using PluginGan.Plugins.Mnist.Collections;
using PluginGan.Plugins.Mnist.Idx;
using TorchSharp;

namespace PluginGan.Plugins.Tests.Mnist;

/// <summary>Finding, verifying and fetching files; the web is a server on the loopback.</summary>
public sealed class CollectionTests
{
    private const string Images = "t10k-images-idx3-ubyte";
    private const string Labels = "t10k-labels-idx1-ubyte";

    // Nothing listens at port 9: as good as no network.
    private static readonly Collection Offline = Collection.FashionMnist with { Mirrors = [new Uri("http://127.0.0.1:9/")], InstalledFolder = null };
    private static readonly Collection Unverified = Offline with { Sha256 = new Dictionary<CollectionFile, string>() };

    private static readonly byte[] OfficialImages = Official(EmbeddedFashionMnist.Images());
    private static readonly byte[] OfficialLabels = Official(EmbeddedFashionMnist.Labels());

    private TemporaryFolder folder = null!;
    private Mirror first = null!;
    private Mirror second = null!;

    private string Kept => Path.Combine(folder.Path, "fashion-mnist");

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        first = new Mirror();
        second = new Mirror();
    }

    [TearDown]
    public void TearDown()
    {
        first.Dispose();
        second.Dispose();
        folder.Dispose();
    }

    [TestCase("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", false)]
    [TestCase("t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte", false)]
    [TestCase("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", true)]
    [TestCase("t10k-images.idx3-ubyte.gz", "t10k-labels.idx1-ubyte.gz", true)]
    public void A_folder_of_the_user_is_read_under_any_of_the_usual_names(string images, string labels, bool gzipped)
    {
        folder.Write($"mine/{images}", gzipped ? IdxFile.Gzip(OfficialImages) : OfficialImages);
        folder.Write($"mine/{labels}", gzipped ? IdxFile.Gzip(OfficialLabels) : OfficialLabels);

        using var data = Open(Offline, new() { Path = Path.Combine(folder.Path, "mine") });
        using var embedded = EmbeddedFashionMnist.Open(new() { Split = FashionMnist10kSplit.All });
        Assert.Multiple(() =>
        {
            Assert.That(((IInMemory)data).Samples.Equals(((IInMemory)embedded).Samples), Is.True);
            Assert.That(((IInMemory)data).Conditions!.Equals(((IInMemory)embedded).Conditions!), Is.True);
        });
    }

    [Test]
    public void Images_of_another_size_keep_it()
    {
        folder.Write($"mine/{Images}", IdxFile.Images(20, 8, 12));
        folder.Write($"mine/{Labels}", IdxFile.Labels(20));

        using var data = Open(Offline, new() { Path = Path.Combine(folder.Path, "mine"), Subset = 15 });
        Assert.Multiple(() =>
        {
            Assert.That(data.Count, Is.EqualTo(15));
            Assert.That(data.Spec.Sample, Is.EqualTo(new ImageSpec(1, 8, 12)));
            Assert.That(((IInMemory)data).Conditions!.data<long>().ToArray(), Is.EqualTo(new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4 }));
        });
    }

    [Test]
    public void Unlabelled_data_needs_no_label_file()
    {
        folder.Write($"mine/{Images}", IdxFile.Images(20, 8, 8));
        using var data = Open(Offline, new() { Path = Path.Combine(folder.Path, "mine"), Labels = false });
        Assert.That(data.Spec.Condition, Is.EqualTo(ConditionSpec.None));
    }

    [Test]
    public void A_folder_that_lacks_a_file_is_refused_with_the_name_of_the_file()
    {
        folder.Write($"mine/{Images}", IdxFile.Images(20, 8, 8));
        Assert.That(Refusal(Offline, Path.Combine(folder.Path, "mine")), Does.Contain(Labels).And.Contain("'path'").And.Contain("mine"));
    }

    [Test]
    public void A_folder_that_does_not_exist_is_refused() =>
        Assert.That(Refusal(Offline, Path.Combine(folder.Path, "nowhere")), Does.Contain("nowhere").And.Contain("does not exist"));

    [Test]
    public void A_different_number_of_labels_is_refused()
    {
        folder.Write($"mine/{Images}", IdxFile.Images(20, 8, 8));
        folder.Write($"mine/{Labels}", IdxFile.Labels(19));
        Assert.That(Refusal(Offline, Path.Combine(folder.Path, "mine")), Does.Contain("20 images").And.Contain("19 labels"));
    }

    [Test]
    public void A_label_that_is_no_class_is_refused_with_its_row()
    {
        folder.Write($"mine/{Images}", IdxFile.Images(3, 8, 8));
        folder.Write($"mine/{Labels}", IdxFile.Bytes([3], [0, 9, 10]));
        Assert.That(Refusal(Offline, Path.Combine(folder.Path, "mine")), Does.Contain("image 2 is 10").And.Contain("0 to 9"));
    }

    [Test]
    public void A_kept_file_is_used_without_the_network()
    {
        Keep(IdxFile.Gzip(OfficialImages), IdxFile.Gzip(OfficialLabels));
        using var data = Open(Offline);
        Assert.That(data.Count, Is.EqualTo(10_000));
    }

    [Test]
    public void An_installed_package_is_used_without_the_network()
    {
        folder.Write($"installed/{Images}.gz", IdxFile.Gzip(OfficialImages));
        folder.Write($"installed/{Labels}.gz", IdxFile.Gzip(OfficialLabels));
        using var data = Open(Offline with { InstalledFolder = Path.Combine(folder.Path, "installed") });
        Assert.That(data.Count, Is.EqualTo(10_000));
    }

    [Test]
    public void A_kept_file_that_is_corrupt_is_reported_by_name()
    {
        var corrupt = (byte[])OfficialImages.Clone();
        corrupt[^1] ^= 1;
        Keep(IdxFile.Gzip(corrupt), IdxFile.Gzip(OfficialLabels));
        Assert.That(Refusal(Offline), Does.Contain(Path.Combine(Kept, Images + ".gz")).And.Contain("SHA-256").And.Contain("delete the file"));
    }

    [Test]
    public void Missing_files_are_fetched_verified_and_kept()
    {
        Serve(first);
        var reports = new List<ComponentProgress>();
        using (var data = Open(Online(), reports: reports))
            Assert.That(data.Count, Is.EqualTo(10_000));

        using var again = Open(Offline);
        Assert.Multiple(() =>
        {
            Assert.That(KeptNames(), Is.EqualTo(new[] { $"{Images}.gz", $"{Labels}.gz" }));
            Assert.That(first.Requests, Is.EqualTo(new[] { $"{Images}.gz", $"{Labels}.gz" }));
            Assert.That(second.Requests, Is.Empty);
            Assert.That(reports.Last(report => report.Activity.Contains(Images, StringComparison.Ordinal)), Is.EqualTo(
                new ComponentProgress($"downloading {Images}.gz", first.Files[$"{Images}.gz"].Length, first.Files[$"{Images}.gz"].Length)));
        });
    }

    [Test]
    public void The_second_mirror_serves_what_the_first_does_not_have()
    {
        Serve(second);
        using var data = Open(Online());
        Assert.Multiple(() =>
        {
            Assert.That(data.Count, Is.EqualTo(10_000));
            Assert.That(first.Requests, Has.Count.EqualTo(2));
            Assert.That(second.Requests, Has.Count.EqualTo(2));
            Assert.That(KeptNames(), Is.EqualTo(new[] { $"{Images}.gz", $"{Labels}.gz" }));
        });
    }

    [Test]
    public void A_transfer_that_breaks_off_goes_on_where_it_ended()
    {
        Serve(first);
        first.BreakOffs.Enqueue(100_000);
        first.BreakOffs.Enqueue(50_000);
        using var data = Open(Online());
        Assert.Multiple(() =>
        {
            Assert.That(data.Count, Is.EqualTo(10_000));
            Assert.That(first.Requests.Take(3), Is.EqualTo(new[] { $"{Images}.gz", $"{Images}.gz bytes=100000-", $"{Images}.gz bytes=150000-" }));
        });
    }

    [Test]
    public void The_next_run_goes_on_where_an_interrupted_one_ended()
    {
        Serve(first);
        for (var attempt = 0; attempt < 3; attempt++)
            first.BreakOffs.Enqueue(1000);
        Assert.That(Refusal(Unverified with { Mirrors = [first.Address] }), Does.Contain(first.Address.AbsoluteUri));

        first.Requests.Clear();
        using var data = Open(Online());
        Assert.That(first.Requests.First(), Is.EqualTo($"{Images}.gz bytes=3000-"));
    }

    [Test]
    public void What_another_mirror_left_is_not_mixed_in_and_is_cleared_away()
    {
        Serve(first);
        folder.Write($"fashion-mnist/{Images}.gz.elsewhere.example.partial", [1, 2, 3]);
        using var data = Open(Online());
        Assert.Multiple(() =>
        {
            Assert.That(first.Requests.First(), Is.EqualTo($"{Images}.gz"));
            Assert.That(KeptNames(), Is.EqualTo(new[] { $"{Images}.gz", $"{Labels}.gz" }));
        });
    }

    [Test]
    public void A_part_that_is_complete_already_is_taken_as_the_file()
    {
        Serve(first);
        folder.Write($"fashion-mnist/{Images}.gz.127.0.0.1.partial", first.Files[$"{Images}.gz"]);
        using var data = Open(Online());
        Assert.That(KeptNames(), Is.EqualTo(new[] { $"{Images}.gz", $"{Labels}.gz" }));
    }

    [Test]
    public void A_server_without_ranges_is_asked_for_the_whole_again()
    {
        Serve(first);
        first.IgnoresRanges = true;
        first.BreakOffs.Enqueue(100_000);
        using var data = Open(Online());
        Assert.Multiple(() =>
        {
            Assert.That(data.Count, Is.EqualTo(10_000));
            Assert.That(second.Requests, Is.Empty);
        });
    }

    [Test]
    public void Corrupt_content_is_fetched_from_the_next_mirror()
    {
        Serve(first);
        Serve(second);
        first.Files[$"{Images}.gz"] = IdxFile.Gzip(IdxFile.Images(10_000, 28, 28));
        using var data = Open(Online());
        using var embedded = EmbeddedFashionMnist.Open(new() { Split = FashionMnist10kSplit.All });
        Assert.That(((IInMemory)data).Samples.Equals(((IInMemory)embedded).Samples), Is.True);
    }

    [Test]
    public void Corrupt_content_everywhere_is_refused_and_nothing_of_it_is_left()
    {
        Serve(first);
        Serve(second);
        first.Files[$"{Images}.gz"] = IdxFile.Gzip(IdxFile.Images(10_000, 28, 28));
        second.Files[$"{Images}.gz"] = "<html>moved</html>"u8.ToArray();

        var message = Refusal(Online());
        Assert.Multiple(() =>
        {
            Assert.That(message, Does.Contain("SHA-256").And.Contain("IDX").And.Contain(first.Address.AbsoluteUri).And.Contain(second.Address.AbsoluteUri));
            Assert.That(KeptNames(), Is.Empty);
        });
    }

    [Test]
    public void Without_a_network_one_message_says_which_files_to_put_where() =>
        Assert.That(Refusal(Offline), Does.Contain($"Put {Images}.gz and {Labels}.gz into {Kept}").And.Contain("'path'"));

    [Test]
    public void Without_a_known_hash_the_checks_of_the_format_still_stand()
    {
        Serve(first);
        first.Files[$"{Images}.gz"] = IdxFile.Gzip(OfficialImages[..^1]);
        Assert.That(Refusal(Unverified with { Mirrors = [first.Address] }), Does.Contain("truncated"));
    }

    [Test]
    public void Without_a_known_hash_the_first_download_is_what_must_be_found_from_then_on()
    {
        Serve(first);
        var online = Unverified with { Mirrors = [first.Address] };
        Open(online).Dispose();
        Open(Unverified).Dispose();

        var other = OfficialImages.ToArray();
        other[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(Kept, $"{Images}.gz"), IdxFile.Gzip(other));
        Assert.That(Refusal(Unverified), Does.Contain("is not what was downloaded first").And.Contain($"{Images}.sha256").And.Contain("delete the file"));

        File.Delete(Path.Combine(Kept, $"{Images}.gz"));
        first.Files[$"{Images}.gz"] = IdxFile.Gzip(other);
        Assert.That(Refusal(online), Does.Contain("is not what was downloaded first"), "another download is no excuse");
    }

    [Test]
    public void Collections_without_known_hashes_are_fetched_over_https_first() =>
        Assert.That(Collection.KuzushijiMnist.Mirrors[0].Scheme, Is.EqualTo("https"));

    [Test]
    public void An_interruption_by_the_user_ends_the_download()
    {
        Serve(first);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var context = new ComponentContext { DataFolder = folder.Path, CancellationToken = cancellation.Token };
        Assert.That(() => new CollectionFiles(Online(), context).Open(new()), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_subset_larger_than_the_split_is_refused()
    {
        Keep(IdxFile.Gzip(OfficialImages), IdxFile.Gzip(OfficialLabels));
        var error = Assert.Throws<ComponentException>(() => Open(Offline, new() { Subset = 10_001 }));
        Assert.That(error!.Message, Does.Contain("'subset'").And.Contain("10001"));
    }

    private Collection Online() => Offline with { Mirrors = [first.Address, second.Address] };

    private static void Serve(Mirror mirror)
    {
        mirror.Files[$"{Images}.gz"] = IdxFile.Gzip(OfficialImages);
        mirror.Files[$"{Labels}.gz"] = IdxFile.Gzip(OfficialLabels);
    }

    private void Keep(byte[] images, byte[] labels)
    {
        folder.Write($"fashion-mnist/{Images}.gz", images);
        folder.Write($"fashion-mnist/{Labels}.gz", labels);
    }

    private IEnumerable<string?> KeptNames() => Directory.EnumerateFiles(Kept).Select(Path.GetFileName).Order();

    private Dataset Open(Collection collection, MnistOptions? options = null, List<ComponentProgress>? reports = null)
    {
        options ??= new();
        options.Split = Split.Test;
        var context = new ComponentContext { DataFolder = folder.Path, Progress = reports is null ? null : new Reports(reports) };
        return new CollectionFiles(collection, context).Open(options);
    }

    private string Refusal(Collection collection, string path = "") =>
        Assert.Throws<ComponentException>(() => Open(collection, new() { Path = path }))!.Message;

    private static byte[] Official(IdxArray array) => IdxFile.Bytes([.. array.Sizes], array.Values);

    /// <summary><see cref="Progress{T}"/> reports later, on another thread.</summary>
    private sealed class Reports(List<ComponentProgress> reports) : IProgress<ComponentProgress>
    {
        public void Report(ComponentProgress value) => reports.Add(value);
    }
}
