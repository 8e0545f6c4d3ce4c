using NUnit.Framework;
using PluginGan.Plugins.Losses;
using PluginGan.Training;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>Objectives beside losses, regularisers at intervals and augmentations that adapt, in the training loop.</summary>
public sealed class ComposedGamesTests
{
    // An objective, its loss, a regulariser with its interval, and whether an augmentation adapts to the verdict.
    [TestCase("ac-gan", "hinge", "r1", 1, true)]
    [TestCase("ac-gan", "hinge", "r1", 2, true)]
    [TestCase("infogan", "least-squares", "gradient-penalty", 1, false)]
    [TestCase("bigan", "non-saturating", "r1", 1, false)]
    [TestCase("vae-gan-spectral", "hinge", "lecam", 1, true)]
    [TestCase("unrolled", "relativistic", "r2", 2, false)]
    [TestCase("f-anogan", "hinge", "consistency", 1, true)]
    public void What_is_composed_trains_and_resumes_exactly(string game, string loss, string regularizer, int interval, bool adapts)
    {
        using var scope = NewDisposeScope();
        using var plain = new ObjectiveTraining(game);
        using var whole = Compose();
        using var first = Compose();
        using var second = Compose();

        plain.Run();
        whole.Run();
        first.Run(until: 3);
        second.Trainer.Restore(first.Trainer.Capture());
        second.Run();

        Assert.That(second.Bytes().AsSpan().SequenceEqual(whole.Bytes()), "the resumed run has ended otherwise");
        Assert.That(whole.Bytes().AsSpan().SequenceEqual(plain.Bytes()), Is.False, "nothing of what stands beside the objective has counted");

        ObjectiveTraining Compose()
        {
            var losses = new Registered(new LossesPlugin());
            WeightedRegularizer[] terms = [new(regularizer, losses.Create<Regularizer>(regularizer), 0.5, interval)];
            Augmentation[] augmentations = adapts ? [losses.Create<Augmentation>("diff-augment", new DiffAugmentOptions { Adaptive = true, Target = 0, SpeedKimg = 0.02 })] : [];
            return new ObjectiveTraining(game, losses.Create<AdversarialLoss>(loss), terms, augmentations);
        }
    }

    [Test]
    public void A_penalty_at_intervals_reaches_the_discriminator_and_leaves_the_objectives_own_network_alone()
    {
        using var scope = NewDisposeScope();
        var losses = new Registered(new LossesPlugin());
        using var training = new ObjectiveTraining("ac-gan", losses.Create<AdversarialLoss>("hinge"), [new("r1", losses.Create<Regularizer>("r1"), 1, 3)], []);
        training.Run();

        var steps = training.Trainer.Capture().OptimizerSteps;
        Assert.That((steps[Roles.Discriminator], steps["classifier"], steps[Roles.Generator]), Is.EqualTo((8L, 6L, 6L)), "six iterations, in two of which there is a penalty");
    }
}
