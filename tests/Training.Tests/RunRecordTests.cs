using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>What a run writes down of itself, and what of it survives accidents.</summary>
public class RunRecordTests
{
    private const string Short = "\"iterations\": 20, \"logEvery\": 5, \"snapshotEvery\": 0, \"checkpointEvery\": 5";

    [Test]
    public void A_run_starts_once_resumes_each_time_and_finishes_without_a_reason()
    {
        using var folder = new TemporaryFolder();
        foreach (var iterations in (int[])[7, 12])
            using (var part = new WatchedRun(folder.Path, Short))
                (iterations == 7 ? part : part.Resume()).Run(iterations);
        using var last = new WatchedRun(folder.Path, Short).Resume().Run();

        var events = last.Directory.Events();
        int Count(RunEventKind kind) => events.Count(happened => happened.Kind == kind);
        Assert.That((Count(RunEventKind.Started), Count(RunEventKind.Resumed), Count(RunEventKind.Interrupted), Count(RunEventKind.Finished)), Is.EqualTo((1, 2, 2, 1)));
        Assert.That((events[0].Kind, events[^1].Kind, events[^1].Text), Is.EqualTo((RunEventKind.Started, RunEventKind.Finished, "")));
    }

    // Shorter and longer than what a resume appends.
    [TestCase("scal")]
    [TestCase("scalars", 5000)]
    public void Half_a_line_that_a_crash_left_behind_costs_no_event(string kind, int more = 0)
    {
        using var folder = new TemporaryFolder();
        string path;
        using (var part = new WatchedRun(folder.Path, Short).Run(7))
            path = part.Directory.EventsPath;
        var before = File.ReadAllLines(path);
        File.AppendAllText(path, $"{{ \"kind\": \"{kind}{new string(' ', more)}");
        using var resumed = new WatchedRun(folder.Path, Short).Resume();

        var after = File.ReadAllLines(path);
        Assert.That(after.SkipLast(1), Is.EqualTo(before));
        Assert.That(RunEvents.ParseLines(after.TakeLast(1)).Select(happened => happened.Kind), Is.EqualTo(new[] { RunEventKind.Resumed }));
    }

    [Test]
    public void A_file_that_fails_half_way_leaves_what_was_there_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file");
        AtomicFile.Write(path, stream => stream.Write("old"u8));

        Assert.That(() => AtomicFile.Write(path, stream => Fail(stream)), Throws.TypeOf<IOException>().With.Message.EqualTo("full"));

        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { path }));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));

        static void Fail(Stream stream)
        {
            stream.Write("new"u8);
            throw new IOException("full");
        }
    }

    [Test]
    public void Factors_of_several_roll_backs_multiply()
    {
        var watch = new HealthWatch(HealthSettings.Default);
        watch.Recall(RunHistory.Fold([
            RolledBack(HealthRule.NonFinite, new() { ["generator"] = 0.5, ["discriminator"] = 0.5 }),
            RolledBack(HealthRule.Dominance, new() { ["discriminator"] = 0.25 }),
        ]));

        Assert.That(watch.RateFactors, Is.EquivalentTo(new Dictionary<string, double> { ["generator"] = 0.5, ["discriminator"] = 0.125 }));
        Assert.That((watch.HasRolledBack(HealthRule.Dominance), watch.HasRolledBack(HealthRule.Collapse)), Is.EqualTo((true, false)));
    }

    private static RunEvent RolledBack(HealthRule rule, Dictionary<string, double> factors) => new(
        RunEventKind.RolledBack, DateTimeOffset.UnixEpoch, 10, new Dictionary<string, double>(), "", new Diagnosis(rule, Severity.Warning, HealthPolicy.RollBack, "It is.", "Do.", factors));
}
