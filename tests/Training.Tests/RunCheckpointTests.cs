using System.Text.RegularExpressions;
using NUnit.Framework;
using PluginGan.Core;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Checkpoints that are written while the training goes on: what they hold, when the history tells of them, and what failing ones cost.</summary>
public class RunCheckpointTests
{
    private const string Often = "\"iterations\": 60, \"logEvery\": 3, \"snapshotEvery\": 0, \"checkpointEvery\": 5, \"keepCheckpoints\": 20, \"ema\": { \"halfLifeKimg\": 0.1 }";

    [Test]
    public void A_checkpoint_holds_the_moment_at_which_it_was_due_although_the_training_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var whole = new WatchedRun(folder.Path, Often).Run();
        using var stopped = new WatchedRun(other.Path, Often).Run(25);

        byte[] Read(WatchedRun run, string name) => File.ReadAllBytes(Path.Combine(run.Directory.Path, "checkpoints", "0000025", name));
        Assert.That(Read(whole, "state.safetensors"), Is.EqualTo(Read(stopped, "state.safetensors")));
        Assert.That(whole.Directory.Checkpoints.Iterations, Has.Count.EqualTo(12));
    }

    [Test]
    public void The_history_tells_of_a_checkpoint_once_it_is_whole_and_of_every_one()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Often);
        var told = new List<long>();
        run.Happened = happened =>
        {
            if (happened.Kind != RunEventKind.Checkpoint)
                return;
            told.Add(happened.Iteration);
            using var checkpoint = run.Directory.Checkpoints.ReadLatest(Assert.Fail);
            Assert.That(checkpoint!.State.Iteration, Is.GreaterThanOrEqualTo(happened.Iteration));
        };

        run.Run();

        Assert.That(told, Is.EqualTo(Enumerable.Range(1, 12).Select(index => index * 5L)));
        Assert.That(run.Summary.Checkpoint, Is.EqualTo(60));
    }

    [Test]
    public void A_checkpoint_that_cannot_be_written_costs_a_warning_and_leaves_the_others()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Often);
        // A file where the folder should be that a checkpoint is first written to.
        var checkpoints = Directory.CreateDirectory(Path.Combine(run.Directory.Path, "checkpoints")).FullName;
        var obstacle = Path.Combine(checkpoints, ".0000030.new.tmp");
        File.WriteAllText(obstacle, "in the way");

        run.Run();

        Assert.That(run.Summary.Status, Is.EqualTo(RunStatus.Finished));
        Assert.That(run.Summary.Warnings.Select(warning => warning.Text), Is.EqualTo(new[] { "iteration 30.*could not be written", "^the checkpoint can be written again, after 1 failure$" }).Using<string, string>(Regex.IsMatch));
        Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(Enumerable.Range(1, 12).Where(index => index != 6).Select(index => index * 5L)));
        Assert.That(Directory.GetFileSystemEntries(checkpoints, ".*"), Is.EqualTo(new[] { obstacle }));
    }

    [Test]
    public void A_run_that_ends_without_its_last_checkpoint_has_failed_and_can_be_resumed()
    {
        using var folder = new TemporaryFolder();
        using (var run = new WatchedRun(folder.Path, Often))
        {
            var obstacle = Path.Combine(Directory.CreateDirectory(Path.Combine(run.Directory.Path, "checkpoints")).FullName, ".0000060.new.tmp");
            File.WriteAllText(obstacle, "in the way");

            Assert.That(() => run.Run(), Throws.TypeOf<IOException>().With.Message.Contains("without its last checkpoint"));
            Assert.That(run.Summary.Status, Is.EqualTo(RunStatus.Failed));
            Assert.That(run.Directory.Checkpoints.Iterations[^1], Is.EqualTo(55));
            File.Delete(obstacle);
        }
        using var resumed = new WatchedRun(folder.Path, Often).Resume().Run();
        using var other = new TemporaryFolder();
        using var whole = new WatchedRun(other.Path, Often).Run();

        Assert.That(resumed.Summary.Status, Is.EqualTo(RunStatus.Finished));
        Assert.That(resumed.Outcome(), Is.EqualTo(whole.Outcome()));
    }

    [Test]
    public void An_error_within_the_training_leaves_the_checkpoint_before_it_whole()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Often, new FailingLoss(calls: 31));

        Assert.That(() => run.Run(), Throws.TypeOf<TrainingException>());

        using var checkpoint = run.Directory.Checkpoints.ReadLatest(Assert.Fail);
        Assert.That(checkpoint!.State.Iteration, Is.EqualTo(15));
        Assert.That(run.Directory.Events().Select(happened => happened.Kind).TakeLast(2), Is.EqualTo(new[] { RunEventKind.Checkpoint, RunEventKind.Failed }));
    }

    [Test]
    public void The_best_by_a_metric_and_milestones_outlast_the_latest()
    {
        using var folder = new TemporaryFolder();
        // 16 samples in an iteration: 0.32 kimg are 20 iterations. The best is measured at the third checkpoint.
        using var run = new WatchedRun(
            folder.Path,
            "\"iterations\": 60, \"logEvery\": 0, \"snapshotEvery\": 0, \"checkpointEvery\": 5, \"evaluateEvery\": 5, \"keepCheckpoints\": 2, \"keepBest\": \"rated\", \"keepEveryKimg\": 0.32",
            evaluators: [new Rated([5, 3, 1, 4, 2, 6, 7, 3, 4, 5, 6, 7])]);

        run.Run();

        Assert.That(run.Summary.Warnings, Is.Empty);
        Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(new long[] { 15, 20, 40, 55, 60 }));
    }

    [Test]
    public void What_a_crash_left_half_written_beside_the_checkpoints_is_deleted()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, Often).Run(5);
        var leftover = Path.Combine(run.Directory.Path, "generator.safetensors.123.tmp");
        run.Dispose();
        File.WriteAllText(leftover, "half");

        using var resumed = new WatchedRun(folder.Path, Often).Resume();

        Assert.That(File.Exists(leftover), Is.False);
    }

    private sealed class FailingLoss(int calls) : AdversarialLoss
    {
        private int asked;

        public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) =>
            ++asked <= calls / 2 ? fake.Logits.mean() - real.Logits.mean() : throw new InvalidOperationException("enough");

        public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => -fake.Logits.mean();
    }

    /// <summary>A metric whose values are given: lower is better.</summary>
    private sealed class Rated(IReadOnlyList<double> values) : Evaluator
    {
        private int asked;

        public override IReadOnlyList<MetricInfo> Metrics { get; } = [new("rated", "What was given.", MetricDirection.Lower)];

        public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context) => [new("rated", values[asked++])];
    }
}
