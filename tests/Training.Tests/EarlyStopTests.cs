using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>Runs that end before their last iteration because a metric gets no better.</summary>
public class EarlyStopTests
{
    private const string Patient = "\"iterations\": 100, \"logEvery\": 0, \"snapshotEvery\": 0, \"checkpointEvery\": 5, \"evaluateEvery\": 5, \"keepBest\": \"planned\"";

    [Test]
    public void A_run_ends_finished_with_a_checkpoint_and_the_reason_when_its_patience_is_at_an_end()
    {
        using var folder = new TemporaryFolder();
        using var run = Run(folder, 3, [5, 4, 6, 6, 6, 1]).Run();

        var last = run.Directory.Events()[^1];
        Assert.That((last.Kind, run.Summary.Status), Is.EqualTo((RunEventKind.Finished, RunStatus.Finished)));
        Assert.That(last.Text, Is.EqualTo("ended early: planned has not become better than 4, that of iteration 10, in 3 evaluations (training.patience)"));
        Assert.That(run.Summary.Scores, Has.Count.EqualTo(5));
        Assert.That(run.Directory.Checkpoints.Iterations, Does.Contain(10).And.Contain(26), "the best one, and the end: the iteration after the evaluation");
        string[] Files(string folder) => [.. Directory.GetFiles(Path.Combine(run.Directory.Path, folder)).Select(path => Path.GetFileNameWithoutExtension(path)).Order()];
        Assert.That(Files("samples"), Is.EqualTo(new[] { "0000026", "real" }), "the last sheet is drawn all the same");
        Assert.That(Files("evaluations"), Is.EqualTo(new[] { "0000005", "0000010", "0000015", "0000020", "0000025" }));
        Assert.That(GeneratorFile.Load(run.Directory.BestPath, new PlaneGame(1)).Iteration, Is.EqualTo(10));
    }

    [Test]
    public void A_run_that_ended_early_goes_on_only_with_more_patience()
    {
        using var folder = new TemporaryFolder();
        using (Run(folder, 2, [1, 2, 2]).Run())
        {
        }
        using (var again = Run(folder, 2, [0]).Resume().Run())
            Assert.That((again.Summary.Iteration, again.Summary.Status), Is.EqualTo((16, RunStatus.Finished)), "nothing is trained");

        using var further = Run(folder, 4, [3, 3, 3]).Resume().Run();

        Assert.That(further.Summary.Iteration, Is.EqualTo(26));
        Assert.That(further.Directory.Events()[^1].Text, Does.Contain("in 4 evaluations"));
    }

    [TestCase(17, 3)]
    [TestCase(10, 1, Description = "the interruption goes before the evaluation, which is made up")]
    public void A_run_interrupted_on_its_way_ends_where_it_would_have_ended(int iterations, int evaluations)
    {
        double[] values = [2, 1, 2, 2, 2];
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var whole = Run(folder, 3, values).Run();
        using (Run(other, 3, values[..evaluations]).Run(iterations))
        {
        }
        using var resumed = Run(other, 3, values[evaluations..]).Resume().Run();

        Assert.That(resumed.Outcome(), Is.EqualTo(whole.Outcome()));
        Assert.That(resumed.Directory.Events()[^1].Text, Is.EqualTo(whole.Directory.Events()[^1].Text));
        Assert.That(resumed.Summary.Scores.Select(entry => entry.Iteration), Is.EqualTo(whole.Summary.Scores.Select(entry => entry.Iteration)));
    }

    private static WatchedRun Run(TemporaryFolder folder, int patience, double[] values) =>
        new(folder.Path, $"{Patient}, \"patience\": {patience}", evaluators: [new Planned(values)]);

    private sealed class Planned(double[] values) : Evaluator
    {
        private int next;

        public override IReadOnlyList<MetricInfo> Metrics { get; } = [new("planned", "Lower is better.", MetricDirection.Lower)];

        public override bool IsResampled => false;

        public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context) => [new("planned", values[next++])];
    }
}
