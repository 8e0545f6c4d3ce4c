using NUnit.Framework;
using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>What follows from a diagnosis: a warning, the end, or one return to the last checkpoint with the remedy applied.</summary>
public class HealthPolicyTests
{
    // A discriminator that wins within a hundred iterations, and still does at a third of its rate.
    private const string Dominated = "\"iterations\": 400, \"batch\": 32, \"logEvery\": 10, \"snapshotEvery\": 0, \"checkpointEvery\": 30, "
        + "\"optimizers\": { \"generator\": { \"rate\": 1e-6 }, \"discriminator\": { \"rate\": 1e-2 } }, \"health\": ";

    // A critic without a penalty, whose loss overflows at some height that it reaches later at a lower rate.
    private const string Overflowing = "\"iterations\": 220, \"batch\": 32, \"logEvery\": 10, \"snapshotEvery\": 0, \"checkpointEvery\": 50, \"keepCheckpoints\": 20, "
        + "\"optimizers\": { \"generator\": { \"rate\": 1e-6 }, \"discriminator\": { \"rate\": 1e-3 } }, \"health\": { \"nonFinite\": \"rollBack\", \"oscillation\": \"off\", \"collapse\": \"off\" }";

    [Test]
    public void A_warning_lets_the_run_go_on()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Dominated + "{ \"dominance\": \"warn\" }");

        run.Run();

        Assert.That(run.Found, Has.Member(HealthRule.Dominance));
        Assert.That(run.Summary.Status, Is.EqualTo(RunStatus.Finished));
    }

    [Test]
    public void A_stop_ends_the_run_before_the_checkpoint_of_the_same_iteration()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Dominated.Replace("\"checkpointEvery\": 30", "\"checkpointEvery\": 10", StringComparison.Ordinal) + "{ \"dominance\": \"stop\" }");

        var end = Assert.Throws<HealthException>(() => run.Run());

        Assert.That(end!.Diagnosis.Rule, Is.EqualTo(HealthRule.Dominance));
        Assert.That(end.Message, Does.Contain("d/loss").And.Contain("training.optimizers.discriminator.rate"));
        Assert.That(run.Directory.Checkpoints.Iterations[^1], Is.EqualTo(end.Iteration - 10));
        Assert.That(run.Summary.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(run.Summary.Diagnoses[^1].Diagnosis.Evidence, Is.EqualTo(end.Diagnosis.Evidence));
    }

    [Test]
    public void A_run_that_is_rolled_back_goes_on_with_the_remedy_applied()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Overflowing, new OverflowingLoss());

        run.Run();

        Assert.That(run.Summary.Status, Is.EqualTo(RunStatus.Finished));
        Assert.That(run.Summary.RollBacks.Select(entry => entry.Diagnosis.Rule), Is.EqualTo(new[] { HealthRule.NonFinite }));
        // Iterations are counted once: what was taken back is no longer part of the history.
        Assert.That(run.Summary.ScalarHistory.Select(entry => entry.Iteration), Is.EqualTo(Enumerable.Range(1, 22).Select(index => 10L * index)));
        Assert.That(run.Summary.ScalarHistory.SelectMany(entry => entry.Values.Values), Has.All.Matches<double>(double.IsFinite));
        var shown = new TensorBoardReader(run.Directory.TensorBoardPath);
        Assert.That(shown.TakenBack, Is.Positive);
        Assert.That(shown.Scalars.Where(scalar => scalar.Tag == "d/loss").Select(scalar => scalar.Step), Is.EqualTo(Enumerable.Range(1, 22).Select(index => 10 * index)));
    }

    [Test]
    public void The_second_time_a_rule_would_roll_back_the_run_ends()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Dominated + "{ \"dominance\": \"rollBack\" }");

        var end = Assert.Throws<HealthException>(() => run.Run());

        Assert.That(end!.Message, Does.Contain("rolled back for it before"));
        Assert.That(run.Directory.Events().Count(happened => happened.Kind == RunEventKind.RolledBack), Is.EqualTo(1));
        Assert.That(run.Directory.Checkpoints.Iterations, Is.Not.Empty);
    }

    [Test]
    public void A_resume_does_not_grant_another_roll_back()
    {
        using var folder = new TemporaryFolder();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var run = new WatchedRun(folder.Path, Dominated + "{ \"dominance\": \"rollBack\" }");
            if (attempt > 0)
                run.Resume();
            Assert.Throws<HealthException>(() => run.Run());
            Assert.That(run.Directory.Events().Count(happened => happened.Kind == RunEventKind.RolledBack), Is.EqualTo(1));
        }
    }

    [Test]
    public void Without_a_checkpoint_there_is_nothing_to_roll_back_to()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Dominated.Replace("\"checkpointEvery\": 30", "\"checkpointEvery\": 0", StringComparison.Ordinal) + "{ \"dominance\": \"rollBack\" }");

        var end = Assert.Throws<HealthException>(() => run.Run());

        Assert.That(end!.Message, Does.Contain("no checkpoint to go back to"));
    }

    [TestCase(95, 10, TestName = "A weight that breaks between two checkpoints is rolled back when its losses are read")]
    [TestCase(99, 1000, TestName = "A weight that breaks before a checkpoint is rolled back in place of writing it")]
    public void A_broken_weight_is_rolled_back(int breaks, int logEvery)
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, $"\"iterations\": 150, \"batch\": 32, \"logEvery\": {logEvery}, \"snapshotEvery\": 0, \"checkpointEvery\": 50, \"health\": {{ \"nonFinite\": \"rollBack\" }}");
        var broken = false;

        run.Run(each: trainer =>
        {
            if (trainer.Iteration != breaks || broken)
                return;
            broken = true;
            using var quiet = no_grad();
            trainer.Model.Networks[Roles.Discriminator].parameters().First().fill_(float.NaN);
        });

        Assert.That(run.Summary.Status, Is.EqualTo(RunStatus.Finished));
        Assert.That(run.Summary.RollBacks.Select(entry => (entry.Iteration, entry.Diagnosis.Rule)), Is.EqualTo(new[] { (50L, HealthRule.NonFinite) }));
    }

    [Test]
    public void A_broken_weight_ends_a_run_that_only_warns_and_is_not_checkpointed()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, "\"iterations\": 150, \"batch\": 32, \"logEvery\": 1000, \"snapshotEvery\": 0, \"checkpointEvery\": 50, \"health\": { \"nonFinite\": \"warn\" }");

        var end = Assert.Throws<HealthException>(() => run.Run(each: trainer =>
        {
            using var quiet = no_grad();
            if (trainer.Iteration == 99)
                trainer.Model.Networks[Roles.Discriminator].parameters().First().fill_(float.NaN);
        }));

        Assert.That(end!.Message, Does.Contain("networks/discriminator/"));
        Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(new[] { 50L }));
    }

    [Test]
    public void A_run_that_is_interrupted_and_resumed_is_diagnosed_as_an_uninterrupted_one()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        const string settings = Dominated + "{ \"dominance\": \"warn\" }";
        using var whole = new WatchedRun(folder.Path, settings);
        whole.Run();
        foreach (var iterations in (int[])[37, 113, 120, 391])
        {
            using var part = new WatchedRun(other.Path, settings);
            if (iterations > 37)
                part.Resume();
            part.Run(iterations);
            Assert.That(part.Summary.Status, Is.EqualTo(RunStatus.Interrupted));
        }
        using var last = new WatchedRun(other.Path, settings);
        last.Resume().Run();

        Assert.That(whole.Summary.Diagnoses, Is.Not.Empty);
        IsTheSame(last, whole);
    }

    [Test]
    public void A_run_that_is_killed_at_any_moment_around_its_roll_back_ends_as_if_it_had_not_been()
    {
        using var folder = new TemporaryFolder();
        using var copies = new TemporaryFolder();
        var moments = new List<string>();
        using var whole = new WatchedRun(folder.Path, Overflowing, new OverflowingLoss());
        var rolledBack = false;
        whole.Happened = happened =>
        {
            // What a killed process leaves is what lies on the disk: here right after each of the events from the diagnosis on.
            rolledBack |= happened.Kind == RunEventKind.RolledBack;
            if (happened.Kind is RunEventKind.Diagnosis or RunEventKind.RolledBack || (rolledBack && happened.Kind is RunEventKind.Checkpoint) || (rolledBack && happened is { Kind: RunEventKind.Scalars, Iteration: 210 }))
                moments.Add(Copy(whole.Directory.Path, Path.Combine(copies.Path, $"{moments.Count}-{happened.Kind}")));
        };
        whole.Run();

        Assert.That(moments, Has.Count.GreaterThanOrEqualTo(4));
        // And once more without the checkpoint that the run went back to.
        var damaged = Copy(RunDirectory.List(moments[1]).Single().Path, Path.Combine(copies.Path, "damaged"));
        Directory.Delete(Path.Combine(RunDirectory.List(damaged).Single().Path, "checkpoints", $"{whole.Summary.RollBacks[0].Iteration:D7}"), recursive: true);
        moments.Add(damaged);
        foreach (var moment in moments)
        {
            using var resumed = new WatchedRun(moment, Overflowing, new OverflowingLoss());
            resumed.Resume().Run();
            IsTheSame(resumed, whole);
        }
    }

    private static void IsTheSame(WatchedRun run, WatchedRun expected) => Assert.Multiple(() =>
    {
        Assert.That(run.Outcome(), Is.EqualTo(expected.Outcome()), "weights, moments and counters");
        Assert.That(Told(run.Summary.Diagnoses), Is.EqualTo(Told(expected.Summary.Diagnoses)));
        Assert.That(Told(run.Summary.RollBacks), Is.EqualTo(Told(expected.Summary.RollBacks)));
    });

    private static IEnumerable<(long, string)> Told(IEnumerable<DiagnosisEntry> entries) => entries.Select(entry => (entry.Iteration, entry.Diagnosis.Describe()));

    internal static string Copy(string run, string target)
    {
        foreach (var file in Directory.GetFiles(run, "*", SearchOption.AllDirectories))
        {
            // Neither the lock nor what is being written at the moment: a resume deletes such leftovers.
            if (file.EndsWith(".lock", StringComparison.Ordinal) || file.Contains(".tmp", StringComparison.Ordinal))
                continue;
            var place = Path.Combine(target, Path.GetFileName(run), Path.GetRelativePath(run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            try
            {
                using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var to = File.Create(place);
                from.CopyTo(to);
            }
            // A checkpoint that is being written beside the training may be renamed meanwhile: then it is not there yet.
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
            }
        }
        return target;
    }

    /// <summary>The Wasserstein loss, which is no number any more once the verdicts lie too far apart.</summary>
    private sealed class OverflowingLoss : AdversarialLoss
    {
        private const double Limit = 20;

        public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake)
        {
            var gap = fake.Logits.mean() - real.Logits.mean();
            return gap.abs().item<float>() > Limit ? gap * float.NaN : gap;
        }

        public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => -fake.Logits.mean();
    }
}
