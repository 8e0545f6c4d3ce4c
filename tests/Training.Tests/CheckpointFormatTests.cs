using System.Text.Json.Nodes;
using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>Checkpoints of earlier and later formats: refused by their number, and told from damage.</summary>
public class CheckpointFormatTests
{
    [Test]
    public void The_first_format_is_refused_by_its_number()
    {
        using var folder = new TemporaryFolder();
        UnreadCheckpointTests.Spoil(new CheckpointStore(folder.Path).Write(CheckpointStoreTests.State(7)), CheckpointFault.OtherFormat);

        using var found = new CheckpointStore(folder.Path).Find();

        Assert.That(found.Problems.Single(), Does.Contain("0000007").And.Contain("another format: 1, and this version reads 2"));
    }

    [Test]
    public void A_later_format_is_refused_even_where_its_files_look_like_those_of_this_one()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        store.Write(CheckpointStoreTests.State(6));
        var path = store.Write(CheckpointStoreTests.State(7));
        var counters = Path.Combine(path, "state.json");
        var content = JsonNode.Parse(File.ReadAllText(counters))!.AsObject();
        content["version"] = 3;
        File.WriteAllText(counters, content.ToJsonString());
        File.WriteAllText(Path.Combine(path, "SHA256SUMS"), string.Concat(
            ((string[])["state.json", "state.safetensors"]).Select(name => $"{UnreadCheckpointTests.Hash(Path.Combine(path, name))}  {name}\n")));

        using var found = new CheckpointStore(folder.Path).Find();

        Assert.That(found.Checkpoint!.State.Iteration, Is.EqualTo(6));
        Assert.That(found.Problems.Single(), Does.Contain("0000007").And.Contain("another format: 3, and this version reads 2"));
    }

    [Test]
    public void A_later_format_with_other_files_is_told_from_damage()
    {
        using var folder = new TemporaryFolder();
        var path = new CheckpointStore(folder.Path).Write(CheckpointStoreTests.State(7));
        var counters = Path.Combine(path, "state.json");
        File.WriteAllText(counters, """{ "version": 3, "shards": 2 }""");
        File.WriteAllText(Path.Combine(path, "part-1"), "tensors");
        string Sum(string name) => $"{UnreadCheckpointTests.Hash(Path.Combine(path, name))}  {name}\n";
        File.WriteAllText(Path.Combine(path, "SHA256SUMS"), Sum("part-1") + Sum("state.json"));

        using var later = new CheckpointStore(folder.Path).Find();
        Assert.That(later.Unread.Single().Fault, Is.EqualTo(CheckpointFault.OtherFormat));
        File.WriteAllText(Path.Combine(path, "SHA256SUMS"), Sum("part-1"));
        using var unconfirmed = new CheckpointStore(folder.Path).Find();
        Assert.That(unconfirmed.Unread.Single().Fault, Is.EqualTo(CheckpointFault.Damaged), "nothing confirms its number");
        File.WriteAllText(Path.Combine(path, "SHA256SUMS"), Sum("part-1") + Sum("state.json"));
        File.WriteAllText(counters, """{ "version": 4, "shards": 2 }""");
        using var damaged = new CheckpointStore(folder.Path).Find();
        Assert.That(damaged.Unread.Single().Fault, Is.EqualTo(CheckpointFault.Damaged));
    }
}
