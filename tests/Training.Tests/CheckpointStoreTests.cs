using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class CheckpointStoreTests
{
    [Test]
    public void The_newest_checkpoint_is_read_and_the_oldest_are_deleted()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        for (var iteration = 1; iteration <= 5; iteration++)
            store.Write(State(iteration), keep: 2);

        var read = store.ReadLatest(Assert.Fail)!;

        Assert.That(store.Iterations, Is.EqualTo(new long[] { 4, 5 }));
        Assert.That((read.Iteration, read.Consumed, read.OptimizerSteps["d"], read.Tensors["w"].item<float>()), Is.EqualTo((5L, 50L, 500L, 5f)));
    }

    [TestCase("state.safetensors")]
    [TestCase("state.json")]
    public void A_damaged_checkpoint_is_said_and_the_one_before_it_is_read(string name)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        store.Write(State(1), keep: 3);
        var newest = store.Write(State(2), keep: 3);
        File.WriteAllBytes(Path.Combine(newest, name), File.ReadAllBytes(Path.Combine(newest, name))[..^9]);
        var said = new List<string>();

        var read = store.ReadLatest(said.Add)!;

        Assert.That(read.Iteration, Is.EqualTo(1));
        Assert.That(said, Has.Count.EqualTo(1).And.All.Contains("0000002"));
    }

    [Test]
    public void Checkpoints_of_a_future_that_a_resume_has_discarded_do_not_push_out_those_that_count()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        foreach (var iteration in (long[])[2000, 3000, 2100])
            store.Write(State(iteration), keep: 2);

        Assert.That(store.Iterations, Is.EqualTo(new long[] { 2000, 2100 }));
    }

    [Test]
    public void A_flipped_bit_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        var path = Path.Combine(store.Write(State(1), keep: 3), "state.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        var said = new List<string>();

        Assert.That(store.ReadLatest(said.Add), Is.Null);
        Assert.That(said.Single(), Does.Contain("SHA-256"));
    }

    [Test]
    public void What_a_crash_left_half_written_is_neither_read_nor_kept()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        Directory.CreateDirectory(Path.Combine(folder.Path, ".0000009.123.tmp"));

        Assert.That(store.ReadLatest(Assert.Fail), Is.Null);
        store.Write(State(1), keep: 3);
        Assert.That(Directory.GetDirectories(folder.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "0000001" }));
    }

    private static TrainerState State(long iteration) => new(
        new Dictionary<string, Tensor> { ["w"] = tensor((float)iteration) },
        iteration,
        iteration * 10,
        new Dictionary<string, long> { ["d"] = iteration * 100 },
        new Dictionary<string, long>());
}
