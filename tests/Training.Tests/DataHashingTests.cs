using NUnit.Framework;
using PluginGan.TestPlugins;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>The fingerprint of data: what changes it, and what does not.</summary>
public class DataHashingTests
{
    private static readonly DataSpec Spec = new(new VectorSpec(2), ConditionSpec.None);
    private static readonly DateTime Earlier = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Every_change_of_a_file_changes_it_and_the_list_tells_which()
    {
        using var data = new Folder("a.txt", "sub/b.txt", "c.txt");
        var was = data.Read();

        data.Write("sub/b.txt", "b as lonG");
        var overwritten = data.Read();
        data.Write("sub/b.txt", "b as long");
        var restored = data.Read();
        data.Write("d.txt", "new");
        var added = data.Read("a.txt", "sub/b.txt", "c.txt", "d.txt");
        var removed = data.Read("a.txt", "c.txt");
        File.Move(data.PathOf("a.txt"), data.PathOf("e.txt"));
        var renamed = data.Read("e.txt", "sub/b.txt", "c.txt");

        Assert.Multiple(() =>
        {
            Assert.That(was.Fingerprint.IsOf(restored.Fingerprint), "the same content, written anew");
            foreach (var changed in new[] { overwritten, added, removed, renamed })
                Assert.That(was.Fingerprint.IsOf(changed.Fingerprint), Is.False);
            Assert.That(overwritten.Files.Except(was.Files).Select(file => file.Name), Is.EqualTo(new[] { "sub/b.txt" }));
            Assert.That((was.Fingerprint.Files, was.Fingerprint.Bytes, was.Fingerprint.Count), Is.EqualTo((3, 27L, 4L)));
        });
    }

    [Test]
    public void Neither_the_place_nor_the_times_nor_the_order_of_the_list_matter()
    {
        using var data = new Folder("a.txt", "b.txt");
        using var elsewhere = new Folder("a.txt", "b.txt");
        var was = data.Read();
        File.SetLastWriteTimeUtc(data.PathOf("a.txt"), Earlier.AddYears(1));

        Assert.That(was.Fingerprint.IsOf(data.Read("b.txt", "a.txt").Fingerprint));
        Assert.That(was.Fingerprint.IsOf(elsewhere.Read().Fingerprint));
        Assert.That(was.Fingerprint.Paths, Is.Not.EqualTo(elsewhere.Read().Fingerprint.Paths));
    }

    [Test]
    public void A_file_is_hashed_again_only_where_its_length_or_times_have_changed()
    {
        using var data = new Folder("a.txt", "b.txt");
        var was = data.Read();

        // Written into the file itself, with its old time: nothing tells that it is another.
        using (var file = File.OpenWrite(data.PathOf("a.txt")))
            file.Write("A"u8);
        File.SetLastWriteTimeUtc(data.PathOf("a.txt"), Earlier);
        var unnoticed = data.Read();
        File.SetLastWriteTimeUtc(data.PathOf("a.txt"), Earlier.AddSeconds(1));
        var noticed = data.Read();
        // A file that was written a moment ago may be written again within the same tick: it is not remembered.
        data.Write("b.txt", "B as long", DateTime.UtcNow);
        var fresh = data.Read();
        using (var file = File.OpenWrite(data.PathOf("b.txt")))
            file.Write("C"u8);
        File.SetLastWriteTimeUtc(data.PathOf("b.txt"), DateTime.UtcNow);

        Assert.That(was.Fingerprint.IsOf(unnoticed.Fingerprint));
        Assert.That(was.Fingerprint.IsOf(noticed.Fingerprint), Is.False);
        Assert.That(fresh.Fingerprint.IsOf(data.Read().Fingerprint), Is.False);
    }

    [Test]
    public void Data_in_memory_without_files_is_told_by_its_values_and_other_data_by_its_count()
    {
        using var folder = new TemporaryFolder();
        var hashing = new DataHashing(folder.Path);
        using var points = new PointsInMemory(new PointsOptions());
        using var again = new PointsInMemory(new PointsOptions());
        using var others = new PointsInMemory(new PointsOptions { OneSided = true });
        using var streamed = new Points(new PointsOptions());
        using var values = new TensorDataset(Spec, ones(3, 2));

        var was = hashing.Of(points, CancellationToken.None).Fingerprint;

        Assert.That(was.IsOf(hashing.Of(again, CancellationToken.None).Fingerprint));
        Assert.That(was.IsOf(hashing.Of(others, CancellationToken.None).Fingerprint), Is.False);
        var unknown = hashing.Of(streamed, CancellationToken.None).Fingerprint;
        Assert.That((unknown.Sha256, unknown.Count), Is.EqualTo(((string?)null, 512L)));
        Assert.That(hashing.Of(values, CancellationToken.None).Fingerprint.Sha256, Has.Length.EqualTo(64));
    }

    [Test]
    public void A_run_keeps_the_list_of_files_and_gives_it_out_only_where_it_is_that_of_the_fingerprint()
    {
        using var runs = new TemporaryFolder();
        using var data = new Folder("a.txt", "b.txt");
        var was = data.Read();
        var directory = RunDirectory.Create(runs.Path, "run", "{}", WatchedRun.Manifest(Spec));
        directory.WriteDataFiles(was);
        data.Write("a.txt", "changed");

        Assert.That(directory.DataFiles(was.Fingerprint), Is.EquivalentTo(was.Files));
        Assert.That(directory.DataFiles(data.Read().Fingerprint), Is.Null);
        var path = Directory.GetFiles(Path.Combine(directory.Path, "data")).Single();
        File.WriteAllText(path, File.ReadAllText(path).Replace("a.txt", "z.txt", StringComparison.Ordinal));
        Assert.That(directory.DataFiles(was.Fingerprint), Is.Null);
    }

    /// <summary>A folder of small files, as a dataset of four samples.</summary>
    private sealed class Folder : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly TemporaryFolder cache = new();
        private readonly string[] names;

        public Folder(params string[] names)
        {
            this.names = names;
            foreach (var name in names)
                Write(name, $"{Path.GetFileNameWithoutExtension(name)} as long");
        }

        public string PathOf(string name) => Path.Combine(folder.Path, name);

        public void Write(string name, string content, DateTime? time = null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            File.WriteAllText(PathOf(name), content);
            // What is written first and what replaces it have times of their own.
            var isFirst = content.EndsWith("as long", StringComparison.Ordinal);
            File.SetLastWriteTimeUtc(PathOf(name), time ?? (isFirst ? Earlier : Earlier.AddDays(1)));
        }

        public DataContent Read(params string[] listed)
        {
            var source = new DataSource(folder.Path, listed.Length > 0 ? listed : names);
            using var dataset = new TensorDataset(Spec, ones(4, 2)) { Sources = [source] };
            return new DataHashing(cache.Path).Of(dataset, CancellationToken.None);
        }

        public void Dispose()
        {
            folder.Dispose();
            cache.Dispose();
        }
    }
}
