using NUnit.Framework;
using PluginGan.Core;
using PluginGan.TestPlugins;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>A training that is captured, thrown away and restored into a new one ends as if nothing had happened, bit for bit.</summary>
public class ResumeTests
{
    private const string Settings = "\"iterations\": 30, \"ema\": { \"halfLifeKimg\": 0.1 }, \"discriminatorSteps\": 2";

    [TestCase(false, TestName = "With data on the device")]
    [TestCase(true, TestName = "With streamed data")]
    public void An_adversarial_training_resumes_exactly(bool streamed) => ResumesExactly(() => new PointTraining(
        training: Settings, options: new TinyOptions { BatchNorm = true, Dropout = 0.3 }, points: new PointsOptions { Streamed = streamed, Count = 100 }));

    [Test]
    public void A_game_of_three_networks_with_state_in_stages_resumes_exactly() => ResumesExactly(() => new PointTraining(
        model => new ThreeNetworks(model), Settings.Replace(", \"discriminatorSteps\": 2", "", StringComparison.Ordinal), new TinyOptions { BatchNorm = true, Dropout = 0.3 }));

    [Test]
    public void A_game_that_looks_ahead_resumes_exactly() => ResumesExactly(() => new PointTraining(
        _ => new Scripted([new("d", [Roles.Discriminator]), new("ahead", [Roles.Discriminator]) { Repeat = 2, LooksAhead = true }, new("g", [Roles.Generator])], Logits), Settings.Replace(", \"discriminatorSteps\": 2", "", StringComparison.Ordinal), new TinyOptions { BatchNorm = true, Dropout = 0.3 }));

    [Test]
    public void Augmented_and_accumulated_training_resumes_exactly() => ResumesExactly(() => new PointTraining(
        training: Settings + ", \"accumulate\": 4", augmentations: [(new Jitter(), Schedule.Constant(0.2))]));

    [Test]
    public void A_state_of_another_architecture_is_refused()
    {
        using var small = new PointTraining(options: new TinyOptions { Latent = 3 });
        using var large = new PointTraining(options: new TinyOptions { Latent = 5 });

        Assert.That(() => large.Trainer.Restore(small.Trainer.Capture()), Throws.TypeOf<ComponentException>().With.Message.Contains("another recipe").And.Message.Contains("[2, 3] instead of [2, 5]"));
    }

    [Test]
    public void A_scalar_that_is_counted_and_missing_is_refused_by_its_name()
    {
        using var training = new PointTraining();
        var state = training.Trainer.Capture() with { ScalarCounts = new Dictionary<string, long> { ["ghost"] = 2 } };

        Assert.That(() => training.Trainer.Restore(state), Throws.TypeOf<ComponentException>().With.Message.Contains("'ghost'"));
    }

    private static Tensor? Logits(Phase phase, StepContext step) => phase.Name == "g"
        ? step.Model.Discriminate(step.Generated, null).Logits.mean().neg()
        : step.Model.Discriminate(step.Generated, null).Logits.mean() - step.Model.Discriminate(step.Real.Samples, null).Logits.mean();

    private static void ResumesExactly(Func<PointTraining> create)
    {
        using var whole = create().Run();
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        // Within the first stage, at an odd place, and within the last.
        foreach (var iterations in (int[])[4, 13, 28])
        {
            using var part = create();
            using var read = store.ReadLatest(Assert.Fail);
            if (read is not null)
                part.Trainer.Restore(read.State);
            part.Run(iterations);
            store.Write(part.Trainer.Capture());
        }
        using var last = create();
        using var latest = store.ReadLatest(Assert.Fail)!;
        last.Trainer.Restore(latest.State);
        last.Run();

        Assert.That(last.Trainer.Iteration, Is.EqualTo(whole.Trainer.Iteration));
        Assert.That(last.Bytes(), Is.EqualTo(whole.Bytes()));
    }
}
