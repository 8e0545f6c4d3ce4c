using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>What a run says of what it cannot write.</summary>
public class WriteFailureTests
{
    private const string Often = "\"iterations\": 60, \"logEvery\": 2, \"snapshotEvery\": 1, \"checkpointEvery\": 30";

    [Test]
    public void What_cannot_be_written_again_and_again_is_said_once_and_that_it_works_again_once()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Often);
        // A file where the folder of the sheets should be.
        var obstacle = Path.Combine(run.Directory.Path, "samples");
        File.WriteAllText(obstacle, "in the way");

        run.Run(each: trainer => Clear(trainer.Iteration == 31, obstacle));

        var warnings = run.Summary.Warnings;
        Assert.That(warnings.Select(warning => warning.Iteration), Is.EqualTo(new long[] { 1, 31 }));
        Assert.That(warnings[0].Text, Does.Contain("the sample sheet").And.Contain("could not be written"));
        Assert.That(warnings[1].Text, Is.EqualTo("the sample sheet can be written again, after 30 failures"));
    }

    [Test]
    public void A_failure_that_lasts_is_said_again_with_how_often_it_came()
    {
        var clock = new Clock();
        var failures = new WriteFailures(clock);
        var said = new List<string?>();
        foreach (var minute in (double[])[0, 0.5, 1.5, 2, 10])
        {
            clock.Minutes = minute;
            said.Add(failures.Failed("the sheet", "the disk is full"));
        }

        Assert.That(said, Is.EqualTo(new[] { "the disk is full", null, "the disk is full (3 failures in a row)", null, "the disk is full (5 failures in a row)" }));
        Assert.That(failures.Failed("the history", "the disk is full"), Is.EqualTo("the disk is full"), "each kind counts by itself");
        Assert.That(failures.Wrote("the sheet"), Is.EqualTo("the sheet can be written again, after 5 failures"));
        Assert.That(failures.Wrote("the sheet"), Is.Null);
        Assert.That(failures.Failed("the sheet", "the disk is full"), Is.EqualTo("the disk is full"), "a new row of failures");
    }

    [Test]
    public void A_run_folder_that_is_deleted_ends_the_run_with_one_message_and_is_not_made_anew()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, "\"iterations\": 400, \"logEvery\": 3, \"snapshotEvery\": 8, \"checkpointEvery\": 0");
        var (reached, told) = (0L, new List<RunEvent>());
        run.Happened = told.Add;

        var end = Assert.Throws<LostRunException>(() => run.Run(each: trainer =>
        {
            reached = trainer.Iteration;
            if (reached == 13)
                Directory.Delete(run.Directory.Path, recursive: true);
        }));

        Assert.That(end!.Message, Does.Contain(run.Directory.Path).And.Contain("was deleted").And.Contain("iteration 15"));
        Assert.That(reached, Is.EqualTo(15), "at the next log");
        Assert.That(told.Where(happened => happened.Kind == RunEventKind.Warning), Is.Empty);
        Assert.That(Directory.Exists(run.Directory.Path), Is.False);
    }

    [Test]
    public void A_run_folder_that_is_deleted_is_missed_also_where_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, "\"iterations\": 1000000, \"logEvery\": 0, \"snapshotEvery\": 0, \"checkpointEvery\": 0");

        var end = Assert.Throws<LostRunException>(() => run.Run(each: trainer =>
        {
            if (trainer.Iteration == 3)
                Directory.Delete(run.Directory.Path, recursive: true);
        }));

        Assert.That(end!.Message, Does.Contain("was deleted"));
    }

    private static void Clear(bool now, string obstacle)
    {
        if (now)
            File.Delete(obstacle);
    }

    private sealed class Clock : TimeProvider
    {
        public double Minutes { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMinutes(Minutes);
    }
}
