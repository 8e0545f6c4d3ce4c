using System.Security.Cryptography;
using System.Text.Json;
using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>JSON files of a run that somebody has changed: they are read as they stand or refused in one way, never half read.</summary>
public class ChangedJsonTests
{
    private static readonly string[] Odd =
        ["null", "[null]", "5", "-1e300", "\"x\"", "true", "[]", "{}", """{"kind":"none"}""", """{"kind":"other"}"""];

    private const string Brief = "\"iterations\": 7, \"logEvery\": 5, \"snapshotEvery\": 0, \"checkpointEvery\": 7";

    private static readonly DataSpec[] Specs =
    [
        new(new ImageSpec(1, 2, 3), new ClassCondition(["a", "b"])),
        new(new TableSpec([new ColumnSpec("age", null), new ColumnSpec("colour", ["red", "blue"])]), new VectorCondition(2)),
        new(new SequenceSpec(3, ["A", "C"]), new SampleCondition(new VectorSpec(2))),
    ];

    [Test]
    public void An_error_of_syntax_is_placed_by_line_and_byte() => Assert.That(
        () => JsonFile.Parse<Dictionary<string, int>>("{\n  \"a\": x }", JsonSerializerOptions.Web),
        Throws.TypeOf<JsonException>().With.Message.EqualTo("it is not valid JSON: line 2, byte 8"));

    [TestCaseSource(nameof(Specs))]
    public void A_changed_manifest_is_read_or_refused_in_words(DataSpec spec)
    {
        using var folder = new TemporaryFolder();
        var whole = WatchedRun.Manifest(spec) with { Plugins = [new PluginStamp("A", "1", "abc")] };
        var directory = RunDirectory.Create(folder.Path, "changed", "{}", whole);
        var path = Path.Combine(directory.Path, "manifest.json");
        var refused = 0;
        foreach (var changed in JsonChanges.Of(File.ReadAllText(path), Odd))
        {
            File.WriteAllText(path, changed);
            try
            {
                var manifest = directory.Manifest();
                // All that a report or a sample reads of it.
                Assert.That($"{JsonSerializer.Serialize(manifest)} {manifest.Data}", Is.Not.Empty);
                Assert.That(manifest.Plugins.SelectMany(plugin => new[] { plugin.Name, plugin.Version, plugin.Sha256 }), Has.None.Null);
            }
            catch (IOException error)
            {
                Assert.That(error.Message, Does.Contain(path).And.Not.Contain("System.").And.Not.Contain("PluginGan."));
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(100));
    }

    [Test]
    public void A_changed_state_of_a_checkpoint_is_read_or_counts_as_damaged_even_if_its_hash_is_right()
    {
        using var folder = new TemporaryFolder();
        using (var run = new WatchedRun(folder.Path, Brief).Run())
            Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(new long[] { 7 }));
        var directory = RunDirectory.List(folder.Path).Single();
        var path = Path.Combine(directory.Checkpoints.Folder, "0000007");
        using var training = new WatchedRun(folder.Path, Brief.Replace("7", "9", StringComparison.Ordinal));
        var refused = 0;
        foreach (var changed in JsonChanges.Of(File.ReadAllText(Path.Combine(path, "state.json")), Odd))
        {
            File.WriteAllText(Path.Combine(path, "state.json"), changed);
            string Sum(string name) =>
                $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(path, name))))}  {name}\n";
            File.WriteAllText(Path.Combine(path, "SHA256SUMS"), Sum("state.json") + Sum("state.safetensors"));
            using var found = directory.Checkpoints.Find();
            refused += found.Unread.Count;
            if (found.Checkpoint is null)
                continue;
            try
            {
                training.Resume(found);
            }
            catch (ComponentException misfit)
            {
                Assert.That(misfit.Message, Does.Contain("does not fit"));
            }
        }
        Assert.That(refused, Is.GreaterThan(50));
    }

    [Test]
    public void A_changed_line_of_the_history_is_folded_or_left_out()
    {
        var factors = new Dictionary<string, double> { ["generator"] = 0.5 };
        var diagnosis = new Diagnosis(HealthRule.NonFinite, Severity.Critical, HealthPolicy.RollBack, "seen", "remedy", factors);
        var line = RunEvents.ToJsonLine(new RunEvent(RunEventKind.RolledBack, DateTimeOffset.UnixEpoch, 10, factors, "text", diagnosis));

        foreach (var changed in JsonChanges.Of(line, Odd))
        {
            var history = RunHistory.Fold(RunEvents.ParseLines([line, changed]));
            Assert.That(history.RollBacks.Select(entry => entry.Diagnosis.Describe().Length), Has.None.Zero);
        }
    }
}
