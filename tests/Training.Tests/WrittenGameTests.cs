using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>The usual game, written as a plugin would write it: from what the contract offers, without the step's adversarial term.</summary>
public class WrittenGameTests
{
    [Test]
    public void The_usual_game_can_be_written_against_the_contract_and_is_equal_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        using var first = new Following();
        using var second = new Following();
        var loss = new Logistic();
        using var usual = new PointTraining(
            training: "\"accumulate\": 2", options: new TinyOptions { Dropout = 0.3 }, augmentations: [(first, Schedule.Constant(1))], loss: loss, regularizers: [new("slope", new Slope(), Schedule.Constant(0.5), 1)]).Run();
        using var written = new PointTraining(
            model => new WrittenGame(model, loss, weight: 0.5), "\"accumulate\": 2", new TinyOptions { Dropout = 0.3 }, augmentations: [(second, Schedule.Constant(1))], withoutLoss: true).Run();

        Assert.That(Bytes(written), Is.EqualTo(Bytes(usual)));
        Assert.That(first.Strength, Is.EqualTo(second.Strength).And.GreaterThan(0), "what adapts to the verdict has followed it");
    }

    // Networks, moments and states; the scalars that are reported are not the game's.
    private static byte[] Bytes(PointTraining training)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, training.Trainer.Capture().Tensors.Where(tensor => !tensor.Key.StartsWith("scalars/", StringComparison.Ordinal)).ToDictionary());
        return stream.ToArray();
    }

    private sealed class WrittenGame(GanModel model, AdversarialLoss loss, double weight) : Objective
    {
        private readonly Scalar scale = weight, one = 1.0;

        public override IReadOnlyList<Phase> Phases { get; } = [new("d", [Roles.Discriminator]), new("g", model.Generates) { SharesDraw = true }];

        public override Tensor? Loss(Phase phase, StepContext step)
        {
            if (phase.Name == "g")
                return loss.Generator(null, step.Discriminate(step.Generated).Output);
            var real = step.Discriminate(() => new(step.Real.Samples, step.Condition), differentiates: true, neutralLogit: loss.NeutralLogit);
            var fake = step.Discriminate(() => new(step.Generated, step.Condition), differentiates: true);
            var game = loss.Discriminator(real.Output, fake.Output);
            var slope = step.Gradient(real.Logits, real.Input).square().sum([1]).mean();
            step.Report("slope", slope);
            return game.add(slope.mul(scale), one);
        }
    }

    /// <summary>Noise whose strength follows the verdict on real samples.</summary>
    private sealed class Following : Augmentation
    {
        private readonly Number number = new();

        public float Strength => number.Value.item<float>();

        public override nn.Module State => number;

        public override bool Adapts => true;

        public override Tensor Apply(Tensor samples, Tensor strength) => samples + Draws.NormalLike(samples) * number.Value;

        public override void Observe(DiscriminatorOutput real) => number.Value.add_(real.Logits.mean().sign() * 0.01).clamp_(0.01, 1);

        private sealed class Number : nn.Module
        {
            public Number()
                : base("number") => register_buffer("value", Value);

            public Tensor Value { get; } = zeros(1);
        }
    }
}
