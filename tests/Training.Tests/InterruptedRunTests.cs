using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>Runs that were killed, moved, or taken up by two processes: what public reports of other systems tell of.</summary>
public class InterruptedRunTests
{
    private const string Settings = """
        "iterations": 60, "logEvery": 5, "snapshotEvery": 0, "checkpointEvery": 20, "ema": { "halfLifeKimg": 0.3, "rampUp": 0.5 },
        "optimizers": { "default": { "rate": { "segments": [ { "shape": "linear", "from": 1e-2, "to": 1e-4, "end": 1 } ] } } }
        """;

    [Test]
    public void After_a_kill_the_learning_rate_the_average_and_kimg_are_those_of_the_iteration()
    {
        using var folder = new TemporaryFolder();
        using var copies = new TemporaryFolder();
        var longer = Settings.Replace("60", "400", StringComparison.Ordinal);
        using var whole = new WatchedRun(folder.Path, longer);
        string? killed = null;
        var isKept = false;
        whole.Happened = happened =>
        {
            isKept |= happened.Kind == RunEventKind.Checkpoint;
            // What a killed process leaves: events beyond the last checkpoint.
            if (isKept && happened.Kind == RunEventKind.Scalars && happened.Iteration % 20 == 15)
                killed ??= HealthPolicyTests.Copy(whole.Directory.Path, copies.Path);
        };
        var kimg = new List<double>();
        whole.Run(each: trainer => kimg.Add(trainer.Kimg));

        using var resumed = new WatchedRun(killed!, longer).Resume();
        var from = resumed.Directory.Checkpoints.Iterations[^1];
        var kimgResumed = new List<double>();
        resumed.Run(each: trainer => kimgResumed.Add(trainer.Kimg));

        Assert.That(from, Is.Positive.And.LessThan(400));
        Assert.That(kimgResumed, Is.EqualTo(kimg.Skip((int)from)));
        // Weights, averages and moments under a rate that falls from iteration to iteration.
        Assert.That(resumed.Outcome(), Is.EqualTo(whole.Outcome()));
        Assert.That(File.ReadAllBytes(resumed.Directory.GeneratorPath), Is.EqualTo(File.ReadAllBytes(whole.Directory.GeneratorPath)));
    }

    [Test]
    public void A_run_whose_folder_was_moved_and_renamed_goes_on_there_and_nowhere_else()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var whole = new WatchedRun(other.Path, Settings).Run();
        string path;
        using (var run = new WatchedRun(folder.Path, Settings).Run(30))
            path = run.Directory.Path;
        var moved = Path.Combine(elsewhere.Path, "of another name");
        Directory.Move(path, moved);

        using var resumed = new WatchedRun(elsewhere.Path, Settings).Resume().Run();

        Assert.That(resumed.Directory.Path, Is.EqualTo(moved));
        Assert.That(resumed.Outcome(), Is.EqualTo(whole.Outcome()));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public void A_second_process_is_refused_while_one_trains_and_disturbs_nothing()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var whole = new WatchedRun(other.Path, Settings).Run();
        using var first = new WatchedRun(folder.Path, Settings);
        var refused = 0;

        first.Run(each: trainer =>
        {
            if (trainer.Iteration is not (25 or 26))
                return;
            Assert.That(() => new WatchedRun(folder.Path, Settings), Throws.TypeOf<IOException>().With.Message.Contains("another process"));
            refused++;
        });

        Assert.That(refused, Is.EqualTo(2));
        Assert.That(first.Outcome(), Is.EqualTo(whole.Outcome()));
        var kinds = first.Directory.Events().Select(happened => happened.Kind);
        Assert.That(kinds, Has.None.EqualTo(RunEventKind.Resumed).And.None.EqualTo(RunEventKind.Failed));
    }

    [Test]
    public void A_disk_that_is_full_at_the_start_leaves_no_folder()
    {
        using var folder = new TemporaryFolder();
        var manifest = WatchedRun.Manifest(new DataSpec(new VectorSpec(2), ConditionSpec.None)) with { Plugins = new FullDisk() };

        Assert.That(
            () => RunDirectory.Create(folder.Path, "full", "{}", manifest),
            Throws.TypeOf<IOException>().With.Message.Contains("cannot create the run directory").And.Message.Contains("no space"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    /// <summary>Ends the writing of a manifest in its midst, as a full disk does.</summary>
    private sealed class FullDisk : List<PluginStamp>, IReadOnlyList<PluginStamp>
    {
        IEnumerator<PluginStamp> IEnumerable<PluginStamp>.GetEnumerator() => throw new IOException("no space left on device");
    }
}
