using NUnit.Framework;

namespace PluginGan.Training.Tests;

/// <summary>What TensorBoard shows of a run.</summary>
public class TensorBoardTests
{
    private const string Settings = "\"iterations\": 40, \"logEvery\": 1, \"snapshotEvery\": 0, \"checkpointEvery\": 10";

    [Test]
    public void After_a_crash_and_a_resume_every_iteration_is_shown_once()
    {
        using var folder = new TemporaryFolder();
        using (var cut = new WatchedRun(folder.Path, Settings))
            Assert.That(() => cut.Run(each: trainer => Crash(trainer.Iteration == 26)), Throws.InvalidOperationException);

        using var resumed = new WatchedRun(folder.Path, Settings).Resume().Run();

        var shown = new TensorBoardReader(resumed.Directory.TensorBoardPath);
        Assert.That(shown.TakenBack, Is.Positive, "the crash came after the checkpoint");
        foreach (var tag in shown.Scalars.GroupBy(scalar => scalar.Tag))
            Assert.That(tag.Select(scalar => scalar.Step), Is.EqualTo(Enumerable.Range(1, 40)), tag.Key);
        Assert.That(shown.Scalars.Select(scalar => (scalar.Tag, scalar.Step, scalar.Value)), Is.EquivalentTo(
            resumed.Summary.ScalarHistory.SelectMany(entry => entry.Values, (entry, value) => (value.Key, entry.Iteration, (float)value.Value))));
        Assert.That(shown.Times, Is.Ordered.And.All.EqualTo(DateTimeOffset.UtcNow.ToUnixTimeSeconds()).Within(60));
    }

    [Test]
    public void A_run_that_begins_anew_after_a_crash_shows_nothing_of_the_first_attempt()
    {
        using var folder = new TemporaryFolder();
        using (var cut = new WatchedRun(folder.Path, Settings))
            Assert.That(() => cut.Run(each: trainer => Crash(trainer.Iteration == 6)), Throws.InvalidOperationException);

        using var anew = new WatchedRun(folder.Path, Settings).Resume().Run();

        var shown = new TensorBoardReader(anew.Directory.TensorBoardPath);
        foreach (var tag in shown.Scalars.GroupBy(scalar => scalar.Tag))
            Assert.That(tag.Select(scalar => scalar.Step), Is.EqualTo(Enumerable.Range(1, 40)), tag.Key);
    }

    // As a power cut, as far as a process can do that to itself: no checkpoint is written for it.
    private static void Crash(bool now)
    {
        if (now)
            throw new InvalidOperationException("the power is gone");
    }
}
