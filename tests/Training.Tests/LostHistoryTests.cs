using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>Histories that have lost events: a resume says so and keeps the learning rates that a roll-back has changed.</summary>
public class LostHistoryTests
{
    // The discriminator breaks once, before iteration 40; from then on its rate is lower.
    private const string Settings = """
        "iterations": 120, "batch": 32, "logEvery": 10, "snapshotEvery": 0, "checkpointEvery": 20,
        "health": { "nonFinite": "rollBack", "oscillation": "off", "collapse": "off" }
        """;

    [Test]
    public void An_emptied_or_truncated_history_is_told_and_keeps_the_rates_of_its_roll_backs()
    {
        using var folder = new TemporaryFolder();
        using var whole = new TemporaryFolder();
        string path;
        using (var run = new WatchedRun(folder.Path, Settings))
            path = Broken(run, 61).Directory.Path;
        var (events, checkpoints) = (Path.Combine(path, "events.jsonl"), Path.Combine(path, "checkpoints"));
        var lines = File.ReadAllLines(events);
        Assert.That(lines, Has.Some.Contains("rolledBack"), "the run was rolled back");
        using var expected = new WatchedRun(whole.Path, Settings);
        Broken(expected, int.MaxValue);
        var last = RunDirectory.List(folder.Path).Single().Checkpoints.Iterations[^1];

        foreach (var kept in (int[])[0, 1])
        {
            // Resumed from the same checkpoint each time, with nothing and with the beginning of the history.
            File.WriteAllLines(events, lines.Take(kept));
            foreach (var later in Directory.GetDirectories(checkpoints))
                if (long.Parse(Path.GetFileName(later), null) > last)
                    Directory.Delete(later, recursive: true);
            using var resumed = new WatchedRun(folder.Path, Settings + ", \"keepCheckpoints\": 50").Resume().Run();

            var warnings = resumed.Summary.Warnings.Select(warning => warning.Text);
            Assert.That(warnings, Has.One.Contains("events.jsonl has lost").And.One.Contains("learning rates"));
            Assert.That(resumed.Summary.RollBacks.Select(entry => entry.Diagnosis.Rule), Is.EqualTo(new[] { HealthRule.NonFinite }));
            Assert.That(resumed.Outcome(), Is.EqualTo(expected.Outcome()));
        }
    }

    [Test]
    public void Rates_of_a_roll_back_whose_line_cannot_be_read_are_kept()
    {
        using var folder = new TemporaryFolder();
        string events;
        using (var run = new WatchedRun(folder.Path, Settings))
            events = Broken(run, 61).Directory.EventsPath;
        File.WriteAllLines(events, File.ReadAllLines(events).Select(line => line.Contains("rolledBack", StringComparison.Ordinal) ? new string('x', line.Length) : line));

        using var resumed = new WatchedRun(folder.Path, Settings).Resume();

        Assert.That(resumed.Summary.RollBacks.Select(entry => entry.Diagnosis.Rule), Is.EqualTo(new[] { HealthRule.NonFinite }));
        Assert.That(resumed.Summary.Warnings.Select(warning => warning.Text), Has.One.Contains("cannot be read").And.One.Contains("learning rates"));
    }

    [Test]
    public void A_history_that_is_whole_is_not_said_to_be_lost()
    {
        using var folder = new TemporaryFolder();
        using (var run = new WatchedRun(folder.Path, Settings))
            Broken(run, 61);

        using var resumed = new WatchedRun(folder.Path, Settings).Resume();

        Assert.That(resumed.Summary.Warnings.Select(warning => warning.Text), Has.None.Contains("events.jsonl"));
        Assert.That(resumed.Directory.Events().Count(happened => happened.Kind == RunEventKind.RolledBack), Is.EqualTo(1));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    public void A_history_that_ends_where_its_checkpoint_was_begun_has_lost_nothing(int taken, int warnings)
    {
        using var folder = new TemporaryFolder();
        string path;
        using (var run = new WatchedRun(folder.Path, Settings).Run(20))
            path = run.Directory.EventsPath;
        using var found = RunDirectory.List(folder.Path).Single().Checkpoints.Find();
        var length = found.Checkpoint!.History!.Length;
        using (var events = File.OpenWrite(path))
            events.SetLength(length - taken);
        var whole = File.ReadAllText(path).LastIndexOf('\n') + 1;

        using var resumed = new WatchedRun(folder.Path, Settings).Resume();

        var lost = resumed.Summary.Warnings.Select(warning => warning.Text)
            .Where(text => text.Contains("has lost", StringComparison.Ordinal)).ToList();
        Assert.That(lost, Has.Count.EqualTo(warnings).And.All.Contains($"has lost {length - whole} of the {length} bytes"));
    }

    private static WatchedRun Broken(WatchedRun run, int until)
    {
        var broken = false;
        return run.Run(until, trainer =>
        {
            if (trainer.Iteration != 39 || broken)
                return;
            broken = true;
            using var quiet = TorchSharp.torch.no_grad();
            trainer.Model.Networks[Roles.Discriminator].parameters().First().fill_(float.NaN);
        });
    }
}
