using NUnit.Framework;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Tests.Devices;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>The objectives of images in the training loop, with small models of the architectures that they are meant for.</summary>
public sealed class ObjectiveTrainingTests
{
    [TestCaseSource(typeof(ImageGames), nameof(ImageGames.Names))]
    public void Six_iterations_are_three_and_then_three_in_another_trainer(string game)
    {
        using var scope = NewDisposeScope();
        using var whole = new ObjectiveTraining(game);
        using var first = new ObjectiveTraining(game);
        using var second = new ObjectiveTraining(game);
        var initial = whole.Bytes();

        whole.Run();
        first.Run(until: 3);
        var halfway = first.Bytes();
        second.Trainer.Restore(first.Trainer.Capture());
        second.Run();

        Assert.That((whole.Trainer.Iteration, first.Trainer.Iteration), Is.EqualTo((6L, 3L)));
        Assert.That(second.Bytes().AsSpan().SequenceEqual(whole.Bytes()), "the resumed run has ended otherwise");
        Assert.That(halfway.AsSpan().SequenceEqual(initial) || halfway.AsSpan().SequenceEqual(whole.Bytes()), Is.False, "nothing was trained");
    }

    [TestCase("vae-gan", true)]
    [TestCase("infogan", true)]
    [TestCase("ac-gan", true)]
    [TestCase("bigan", true)]
    [TestCase("unrolled", true)]
    // A Wasserstein critic: none of its logits stands for undecided.
    [TestCase("f-anogan", false)]
    public void Augmentations_that_adapt_are_shown_the_verdict_on_real_samples_where_there_is_one(string game, bool shown)
    {
        using var scope = NewDisposeScope();
        using var watching = new Watching();
        using var training = new ObjectiveTraining(game, watching);

        training.Run();

        Assert.That(watching.Verdicts, Has.Count.EqualTo(shown ? 6 : 0).And.All.EqualTo(new long[] { 8 }));
    }

    // Those that generate samples themselves, whose type is then that of mixed precision.
    [TestCase("vae-gan")]
    [TestCase("infogan")]
    [TestCase("bigan")]
    public void In_bf16_regularizers_compare_real_and_generated_samples_of_one_type(string game)
    {
        using var scope = NewDisposeScope();
        using var between = Smoothness.gradientPenalty(new());
        using var means = Distances.meanDistance(new() { Metric = DistanceMetric.Mahalanobis });
        using var training = new ObjectiveTraining(game, null, [new("gradient-penalty", between, 1.0, 1), new("mean-distance", means, 1.0, 1)], [], "bf16");

        training.Run(until: 2);

        Assert.That(training.Trainer.FirstBrokenWeight(), Is.Null);
    }

    [TestCaseSource(typeof(ImageGames), nameof(ImageGames.Names))]
    public void Operators_do_not_wait(string game)
    {
        using var scope = NewDisposeScope();
        using var training = new ObjectiveTraining(game);
        OperatorLog? log = null;
        training.Run(iterated: () =>
        {
            // Where a stage has only begun, its scalars get their place in memory.
            if (training.Trainer.Iteration == 1)
                log = new OperatorLog();
            else if (training.Trainer.Iteration == 3)
                log!.Dispose();
        });

        Assert.That(log!.Calls, Has.Some.Contains("aten::convolution").And.Some.Contains("aten::_fused_adam_"), "what an iteration does was not seen");
        Assert.That(log.Calls.Where(NoWaitingTests.Waits), Is.Empty);
    }

    private sealed class Watching : Augmentation
    {
        public List<long[]> Verdicts { get; } = [];

        public override Tensor Apply(Tensor samples, Tensor strength) => samples;

        public override void Observe(DiscriminatorOutput real) => Verdicts.Add(real.Logits.shape);
    }
}
