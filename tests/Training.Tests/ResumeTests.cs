using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Plugins.Losses;
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
        _ => new Scripted([new("d", [Roles.Discriminator]), new("ahead", [Roles.Discriminator]) { Repeat = 2, RevertsAfterIteration = true }, new("g", [Roles.Generator])], Logits), Settings.Replace(", \"discriminatorSteps\": 2", "", StringComparison.Ordinal), new TinyOptions { BatchNorm = true, Dropout = 0.3 }));

    [Test]
    public void Augmented_and_accumulated_training_resumes_exactly() => ResumesExactly(() => new PointTraining(
        training: Settings + ", \"accumulate\": 4", augmentations: [(new Jitter(), Schedule.Constant(0.2))]));

    // What other trainers forget on a resume: the probability of adaptive augmentation, the ramp of averages, the place in a schedule, the
    // samples seen.
    [Test]
    public void Adaptive_augmentation_schedules_and_averages_that_ramp_up_resume_exactly()
    {
        const string scheduled = """
            "iterations": 30, "ema": { "halfLifeKimg": 0.2, "rampUp": 0.3 }, "optimizers": {
              "default": { "rate": { "shape": "cosine", "from": 0.01, "to": 0.001, "warmUp": 0.2 }, "beta2": { "shape": "linear", "from": 0.9, "to": 0.99, "end": 0.4, "unit": "kimg" } },
              "discriminator": { "rate": { "shape": "linear", "from": 0.01, "to": 0, "end": 0.6, "unit": "kimg" } } }
            """;
        PointTraining Create() => new(training: scheduled, augmentations: [(new Adapting(), Schedule.Linear(0.5, 1))]);
        ResumesExactly(Create);

        using var whole = Create();
        var seen = new List<(float Probability, double Kimg)>();
        whole.Run(each: trainer => seen.Add((trainer.Capture().Tensors.Single(entry => entry.Key.EndsWith("/probability", StringComparison.Ordinal)).Value.item<float>(), trainer.Kimg)));
        Assert.That(seen.Select(entry => entry.Probability).Distinct().Count(), Is.GreaterThan(3), "it adapts");
        Assert.That(seen[^1].Kimg, Is.EqualTo(30 * 16 / 1000.0));
    }

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

    [Test]
    public void A_state_that_trains_a_network_which_is_trained_no_longer_is_refused_and_changes_nothing()
    {
        using var both = new PointTraining().Run(3);
        using var one = new PointTraining(_ => new Scripted([new("g", [Roles.Generator])], Logits));
        var before = one.Bytes();

        Assert.That(
            () => one.Trainer.Restore(both.Trainer.Capture()),
            Throws.TypeOf<ComponentException>().With.Message.Contains("the network 'discriminator' is no longer trained"));
        Assert.That(one.Bytes(), Is.EqualTo(before));
    }

    [Test]
    public void Of_many_misfits_five_are_named_and_the_others_counted()
    {
        using var training = new PointTraining();
        var state = training.Trainer.Capture();

        Assert.That(
            () => training.Trainer.Restore(state with { Tensors = new Dictionary<string, Tensor>() }),
            Throws.TypeOf<ComponentException>().With.Message.Contains("'networks/generator/output.weight' is missing")
                .And.Message.Contains($"; and {state.Tensors.Count - 5} more"));
    }

    // A log averages over the iterations since the one before, also where a resume comes between them.
    [Test]
    public void A_log_after_a_resume_averages_over_the_iterations_before_it_too()
    {
        const string settings = "\"iterations\": 10, \"logEvery\": 10";
        using var whole = new PointTraining(training: settings);
        using var before = new PointTraining(training: settings);
        using var after = new PointTraining(training: settings);
        var (expected, found) = (new Logged(), new Logged());
        whole.Trainer.Run(expected, CancellationToken.None);

        before.Run(4);
        after.Trainer.Restore(before.Trainer.Capture());
        after.Trainer.Run(found, CancellationToken.None);

        Assert.That(found.Scalars, Is.Not.Empty.And.EquivalentTo(expected.Scalars));
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

        Assert.That((last.Trainer.Iteration, last.Trainer.Kimg), Is.EqualTo((30, 30 * 16 / 1000.0)));
        Assert.That(last.Bytes(), Is.EqualTo(whole.Bytes()));
    }

    private sealed class Logged : ITrainingObserver
    {
        public IReadOnlyDictionary<string, double> Scalars { get; private set; } = new Dictionary<string, double>();

        public Checkpoint? Log(IReadOnlyDictionary<string, double> scalars)
        {
            Scalars = scalars;
            return null;
        }
    }

    /// <summary>Noise as strong as the probability of adaptive augmentation, which rises fast.</summary>
    private sealed class Adapting : Augmentation
    {
        private readonly AdaptiveProbability probability = new(target: -1, speedKimg: 0.3);

        public override nn.Module State => probability;

        public override bool Adapts => true;

        public override Tensor Apply(Tensor samples, Tensor strength) => samples + randn_like(samples) * probability.Value * strength;

        public override void Observe(DiscriminatorOutput real) => probability.Observe(real.Logits, real.Logits.shape[0]);
    }
}
