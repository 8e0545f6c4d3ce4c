using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>What a training says that it calls.</summary>
public class CallTraceTests
{
    [Test]
    public void Phase_iteration_and_component_are_told_while_each_is_called()
    {
        var met = new List<(string Activity, Type? Callee, long Iteration)>();
        CallTrace? trace = null;
        void Meet()
        {
            if (trace?.Current is { } call)
                met.Add((call.Activity, call.Callee?.GetType(), call.Iteration));
        }
        using var training = new PointTraining(
            training: "\"iterations\": 2",
            loss: new MetLoss(Meet),
            regularizers: [new WeightedRegularizer("met", new MetTerm(Meet), 1, 1)],
            augmentations: [(new MetAugmentation(Meet), Schedule.Constant(1))]);
        trace = training.Setup.Trace;

        training.Run();

        var (loss, term, augmentation) = (typeof(MetLoss), typeof(MetTerm), typeof(MetAugmentation));
        var expected = new List<(string, Type?, long)>();
        for (var iteration = 0; iteration < 2; iteration++)
            expected.AddRange([("phase 'd'", augmentation, iteration), ("phase 'd'", augmentation, iteration), ("phase 'd'", loss, iteration), ("phase 'd'", term, iteration), ("phase 'g'", augmentation, iteration), ("phase 'g'", loss, iteration)]);
        Assert.That(met, Is.EqualTo(expected));
        Assert.That(trace.Current.Callee, Is.SameAs(training.Objective), "what was called within has returned");
    }

    [Test]
    public void What_is_done_within_something_ends_with_it()
    {
        var trace = new CallTrace();
        trace.Begin("the evaluation", 12);
        using (trace.Calling("evaluator"))
        {
            using (trace.Within("making the feature extractor", "plugin"))
                Assert.That(trace.Current, Is.EqualTo(new TracedCall("making the feature extractor", "plugin", 12)));
            Assert.That(trace.Current, Is.EqualTo(new TracedCall("the evaluation", "evaluator", 12)));
        }
        Assert.That(trace.Current, Is.EqualTo(new TracedCall("the evaluation", null, 12)));
    }

    private sealed class MetLoss(Action meet) : AdversarialLoss
    {
        public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake)
        {
            meet();
            return fake.Logits.mean() - real.Logits.mean();
        }

        public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake)
        {
            meet();
            return -fake.Logits.mean();
        }
    }

    private sealed class MetTerm(Action meet) : Regularizer
    {
        public override Side Side => Side.Discriminator;

        public override Tensor? Penalty(JudgedPair pair)
        {
            meet();
            return null;
        }
    }

    private sealed class MetAugmentation(Action meet) : Augmentation
    {
        public override Tensor Apply(Tensor samples, Tensor strength)
        {
            meet();
            return samples;
        }
    }
}
