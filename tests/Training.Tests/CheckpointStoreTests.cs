using System.Text.Json;
using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class CheckpointStoreTests
{
    private static readonly CheckpointOrigin Origin = new()
    {
        Recipe = JsonElement.Parse("""{ "name": "tiny", "seed": 7 }"""),
        Plugins = [new PluginStamp("A", "1.0", "abc")],
        Version = "1.2",
        Torch = "2.10",
        Device = "cpu",
        Threads = 3,
        Draws = 2,
    };

    [Test]
    public void The_newest_checkpoint_is_read_with_all_that_was_written()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        for (var iteration = 1; iteration <= 3; iteration++)
            store.Write(State(iteration), Origin);

        using var read = store.ReadLatest(Assert.Fail)!;

        var state = read.State;
        Assert.That(store.Iterations, Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That((state.Iteration, state.Consumed, state.OptimizerSteps["d"], state.ScalarCounts["d/loss"], state.Tensors["w"][1].item<float>()), Is.EqualTo((3L, 30L, 300L, 4L, 3f)));
        var origin = read.Origin!;
        Assert.That((origin.Recipe.GetProperty("seed").GetInt32(), origin.Plugins.Single(), origin.Version, origin.Torch, origin.Device, origin.Threads, origin.Draws), Is.EqualTo((7, Origin.Plugins[0], "1.2", "2.10", "cpu", 3, 2)));
    }

    [Test]
    public void What_does_not_say_its_draws_has_those_of_torchs_generators()
    {
        const string Manifest = """{ "version": "0.1.0", "created": "2026-01-01T00:00:00Z", "command": "", "data": null, "plugins": [], "device": "cpu", "threads": 1, "torch": "", "machine": "" }""";
        const string Origin = """{ "recipe": {}, "plugins": [], "version": "0.1.0", "torch": "", "device": "cpu", "threads": 1 }""";

        Assert.That(JsonSerializer.Deserialize<RunManifest>(Manifest, JsonSerializerOptions.Web)!.Draws, Is.EqualTo(1));
        Assert.That(JsonSerializer.Deserialize<CheckpointOrigin>(Origin, JsonSerializerOptions.Web)!.Draws, Is.EqualTo(1));
    }

    [Test]
    public void Those_that_are_not_kept_are_deleted()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        foreach (var iteration in (long[])[1, 2, 3, 4])
            store.Write(State(iteration));

        store.Keep([2, 4, 5]);

        Assert.That(store.Iterations, Is.EqualTo(new long[] { 2, 4 }));
    }

    [Test]
    public void Any_changed_byte_is_noticed_and_the_checkpoint_before_it_is_read()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        store.Write(State(1), Origin);
        var newest = store.Write(State(2), Origin);
        var flips = 0;
        foreach (var path in Directory.GetFiles(newest))
        {
            var whole = File.ReadAllBytes(path);
            for (var place = 0; place < whole.Length; place++)
            {
                // One bit: a digit becomes another, a space a character that JSON does not mind or does.
                var changed = (byte[])whole.Clone();
                changed[place] ^= (byte)(1 << (place % 8));
                File.WriteAllBytes(path, changed);
                var said = new List<string>();

                using var read = store.ReadLatest(said.Add);

                if (read?.State.Iteration != 1 || said.Count != 1 || !said[0].Contains("0000002", StringComparison.Ordinal))
                    Assert.Fail($"byte {place} of {Path.GetFileName(path)} may change unnoticed");
                flips++;
            }
            File.WriteAllBytes(path, whole);
        }
        using var mended = store.ReadLatest(Assert.Fail);
        Assert.That(mended!.State.Iteration, Is.EqualTo(2));
        Assert.That(flips, Is.EqualTo(Directory.GetFiles(newest).Sum(path => new FileInfo(path).Length)));
    }

    [TestCase("state.safetensors")]
    [TestCase("state.json")]
    [TestCase("SHA256SUMS")]
    public void A_file_that_is_cut_short_or_missing_is_said(string name)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        var path = Path.Combine(store.Write(State(1)), name);
        var said = new List<string>();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);

        Assert.That(store.ReadLatest(said.Add), Is.Null);
        File.Delete(path);
        Assert.That(store.ReadLatest(said.Add), Is.Null);
        Assert.That(said, Has.Count.EqualTo(2).And.All.Contains("damaged"));
    }

    [Test]
    public void A_checkpoint_under_the_name_of_another_is_not_read()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        Directory.Move(store.Write(State(1)), Path.Combine(folder.Path, "0000009"));
        var said = new List<string>();

        Assert.That(store.ReadLatest(said.Add), Is.Null);
        Assert.That(said.Single(), Does.Contain("renamed"));
    }

    [Test]
    public void A_checkpoint_takes_the_place_of_one_of_its_iteration()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        store.Write(State(1, 5));
        store.Write(State(1, 6));

        using var read = store.ReadLatest(Assert.Fail)!;

        Assert.That(read.State.Tensors["w"][0].item<float>(), Is.EqualTo(6));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void What_a_crash_left_half_written_is_neither_read_nor_kept()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        Directory.CreateDirectory(Path.Combine(folder.Path, ".0000009.new.tmp"));

        Assert.That(store.ReadLatest(Assert.Fail), Is.Null);
        store.Write(State(1));
        Assert.That(Directory.GetDirectories(folder.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "0000001" }));
    }

    [Test]
    public void A_store_that_another_process_writes_is_read_without_a_fault()
    {
        using var folder = new TemporaryFolder();
        new CheckpointStore(folder.Path).Write(State(1));
        var writing = Task.Run(() =>
        {
            var store = new CheckpointStore(folder.Path);
            for (var iteration = 2; iteration <= 60; iteration++)
            {
                store.Write(State(iteration));
                store.Keep([iteration]);
            }
        });
        while (!writing.IsCompleted)
        {
            using var found = new CheckpointStore(folder.Path).Find();
            Assert.That(found.Problems, Is.Empty);
            Assert.That(found.Checkpoint, Is.Not.Null);
        }
        writing.Wait();
    }

    internal static TrainerState State(long iteration, float value = 0) => new(
        new Dictionary<string, Tensor> { ["w"] = tensor(new[] { value, iteration }), ["networks/d/bias"] = zeros(2, 3) },
        iteration,
        iteration * 10,
        new Dictionary<string, long> { ["d"] = iteration * 100 },
        new Dictionary<string, long> { ["d/loss"] = iteration + 1 });
}
