using NUnit.Framework;
using PluginGan.Core;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Losses with regularisers as an objective, and what stands at the discriminator's input.</summary>
public class AdversarialObjectiveTests
{
    private static readonly Phase D = new("d", [Roles.Discriminator]);
    private static readonly Phase G = new("g", [Roles.Generator]);

    [Test]
    public void Packing_concatenates_neighbouring_samples_at_the_discriminators_input()
    {
        using var scope = NewDisposeScope();
        var inputs = new List<(Tensor Packed, Tensor Samples)>();
        using var training = new PointTraining(
            _ => new Scripted([D], (_, step) =>
            {
                var seen = (AdversarialStep)step;
                Tensor Copy(Tensor values) => values.detach().clone().DetachFromDisposeScope();
                inputs.Add((Copy(seen.RealInput), Copy(seen.Real.Samples)));
                inputs.Add((Copy(seen.FakeInput), Copy(seen.Generated)));
                return seen.RealOutput.Logits.mean();
            }),
            "\"pack\": 4");
        training.Run(1);

        foreach (var (packed, samples) in inputs)
        {
            Assert.That(packed.shape, Is.EqualTo(new long[] { 4, 8 }));
            foreach (var row in (long[])[0, 1, 3])
                Assert.That(packed[row].Equals(samples.narrow(0, 4 * row, 4).flatten()), $"row {row}");
            packed.Dispose();
            samples.Dispose();
        }
    }

    [Test]
    public void A_generator_is_trained_also_where_a_regulariser_differentiates_by_what_it_made()
    {
        using var scope = NewDisposeScope();
        using var training = new PointTraining(
            model => new AdversarialObjective(new Logistic(), [new("slope", new GeneratedSlope(), Schedule.Constant(0), 1)], model, 1));
        var weight = training.Model.Networks[Roles.Generator].parameters().First();
        var before = weight.detach().clone();

        training.Run(3);

        Assert.That(weight.Equals(before), Is.False);
    }

    [Test]
    public void Regularisers_alone_train_only_what_they_belong_to()
    {
        WeightedRegularizer one = new("one", new One(), Schedule.Constant(1), 1);
        using var training = new PointTraining(model => new AdversarialObjective(null, [one], model, 1));

        Assert.That(training.Objective.Phases.Select(phase => phase.Name), Is.EqualTo(new[] { "d" }));
    }

    [Test]
    public void A_penalty_is_weighted_by_its_schedule_and_a_lazy_one_by_its_interval_too()
    {
        var seen = new List<(double Progress, float Loss)>();
        using var scope = NewDisposeScope();
        using var training = new PointTraining(model => new Watching(
            new AdversarialObjective(null, [new("one", new One(), Schedule.Linear(0, 2), 1), new("lazy", new One(), Schedule.Constant(0.5), 5)], model, 1), (phase, step, loss) =>
            {
                if (phase.Name == "d")
                    Assert.That(loss.item<float>(), Is.EqualTo(2 * step.Progress).Within(1e-6));
                else
                    seen.Add((step.Progress, loss.item<float>()));
            }));
        training.Run();

        Assert.That(seen.Select(step => step.Loss), Is.EqualTo(new[] { 2.5f, 2.5f, 2.5f, 2.5f }));
    }

    [Test]
    public void A_lazy_penalty_makes_up_for_all_steps_of_the_discriminator()
    {
        var seen = new List<float>();
        using var scope = NewDisposeScope();
        using var training = new PointTraining(model => new Watching(
            new AdversarialObjective(new Logistic(), [new("lazy", new One(), Schedule.Constant(0.5), 5)], model, 3), (phase, _, loss) =>
            {
                if (phase.Name == "d_reg")
                    seen.Add(loss.item<float>());
            }));
        training.Run();

        Assert.That(seen, Is.Not.Empty.And.All.EqualTo(0.5f * 5 * 3));
    }

    [TestCase(0.0)]
    [TestCase(0.5)]
    [TestCase(null)]
    public void Augmentations_see_the_verdict_less_what_is_undecided_if_anything_is(double? undecided)
    {
        using var scope = NewDisposeScope();
        using var shown = new Shown();
        var real = new List<float>();
        using var training = new PointTraining(
            model => new Watching(new AdversarialObjective(new Logistic { Middle = undecided }, [], model, 1), (phase, step, _) =>
            {
                if (phase.Name == "d")
                    real.Add(((AdversarialStep)step).RealOutput.Logits.mean().item<float>());
            }),
            "\"iterations\": 3",
            augmentations: [(shown, Schedule.Constant(1))]);
        training.Run();

        Assert.That(shown.Means, Is.EqualTo(undecided is { } middle ? real.Select(mean => mean - middle) : []).Within(1e-6));
        Assert.That(new AdversarialObjective(new Logistic { Middle = undecided }, [], training.Model, 1).ShowsVerdicts, Is.EqualTo(undecided is not null));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_generators_update_draws_for_itself_if_that_is_asked_for(bool fresh)
    {
        using var scope = NewDisposeScope();
        var drawn = new List<float>();
        using var training = new PointTraining(model => new Watching(new AdversarialObjective(new Logistic(), [], model, 1, fresh), (_, step, _) => drawn.Add(step.Real.Samples.sum().item<float>())), "\"iterations\": 1");
        training.Run();

        Assert.That(drawn, Has.Count.EqualTo(2), "d, g");
        Assert.That(drawn[1] == drawn[0], Is.Not.EqualTo(fresh));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_generators_loss_is_given_the_verdict_on_real_samples_only_if_it_asks_for_it(bool asks)
    {
        var loss = new Asking(asks);
        using var training = new PointTraining(model => new AdversarialObjective(loss, [], model, 1), "\"iterations\": 2").Run();

        Assert.That(loss.Given, Is.EqualTo(new[] { asks, asks }));
    }

    [Test]
    public void A_gradient_penalty_differentiates_by_the_discriminators_input()
    {
        using var scope = NewDisposeScope();
        var penalties = new List<float>();
        using var training = new PointTraining(model => new Watching(
            new AdversarialObjective(null, [new("slope", new Slope(), Schedule.Constant(1), 1)], model, 1), (_, _, loss) => penalties.Add(loss.item<float>())), "\"iterations\": 200, \"optimizers\": { \"default\": { \"rate\": 0.02 } }");
        training.Run();

        // Nothing but the penalty is minimised: the discriminator flattens.
        Assert.That(penalties[^1], Is.LessThan(penalties[0] / 100));
    }

    [Test]
    public void Differentiating_by_what_carries_no_gradient_is_refused_and_the_process_lives()
    {
        using var training = new PointTraining(_ => new Scripted([D], (_, step) => step.Gradient(step.Model.Discriminate(step.Real.Samples, null).Logits, step.Real.Samples).sum()));
        Assert.That(() => training.Run(), Throws.TypeOf<ComponentException>().With.Message.Contains("DifferentiatesInput"));
    }

    [Test]
    public void Differentiating_by_what_the_output_does_not_depend_on_is_refused_and_the_process_lives()
    {
        using var training = new PointTraining(_ => new Scripted([D], (_, step) => step.Gradient(step.Model.Discriminate(step.Real.Samples, null).Logits, zeros(3).requires_grad_()).sum()));
        Assert.That(() => training.Run(), Throws.TypeOf<ComponentException>().With.Message.Contains("does not depend"));
    }

    [Test]
    public void Augmentations_change_what_the_discriminator_sees_and_observe_its_verdict()
    {
        using var scope = NewDisposeScope();
        using var jitter = new Jitter();
        var gaps = new List<float>();
        using var training = new PointTraining(
            _ => new Scripted([D, G], (_, step) =>
            {
                var adversarial = (AdversarialStep)step;
                gaps.Add((adversarial.RealInput - step.Real.Samples).std().item<float>());
                step.Observe(adversarial.RealOutput);
                return adversarial.RealOutput.Logits.mean() + adversarial.FakeOutput.Logits.mean();
            }),
            "\"iterations\": 10, \"batch\": 256",
            augmentations: [(jitter, Schedule.Constant(0.5))]);
        training.Run();

        Assert.That(gaps, Has.All.EqualTo(0.5).Within(0.1));
        Assert.That(jitter.State.state_dict()["seen"].item<float>(), Is.EqualTo(10));
    }

    [Test]
    public void A_regulariser_without_a_penalty_acts_at_its_interval()
    {
        var clamp = new Clamp();
        using var training = new PointTraining(model => new AdversarialObjective(new Logistic(), [new("clamp", clamp, Schedule.Constant(1), 5)], model, 1));
        training.Run();

        Assert.That(clamp.Calls, Is.EqualTo(4));
    }

    private sealed class One : Regularizer
    {
        public override string Phase => "d";

        public override Tensor? Penalty(AdversarialStep step) => step.Model.Discriminate(step.Real.Samples, null).Logits.mean() * 0 + 1;
    }

    private sealed class Asking(bool asks) : AdversarialLoss
    {
        public List<bool> Given { get; } = [];

        public override bool GeneratorSeesReal => asks;

        public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) => fake.Logits.mean() - real.Logits.mean();

        public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake)
        {
            Given.Add(real is not null);
            return -fake.Logits.mean();
        }
    }

    private sealed class Shown : Augmentation
    {
        public List<float> Means { get; } = [];

        public override Tensor Apply(Tensor samples, Tensor strength) => samples;

        public override void Observe(DiscriminatorOutput real) => Means.Add(real.Logits.mean().item<float>());
    }

    private sealed class Clamp : Regularizer
    {
        public int Calls { get; private set; }

        public override string Phase => "d";

        public override void AfterStep(IReadOnlyList<Tensor> parameters) => Calls++;
    }

    private sealed class Watching(AdversarialObjective inner, Action<Phase, StepContext, Tensor> watch) : Objective
    {
        public override IReadOnlyList<Phase> Phases => inner.Phases;

        public override Tensor? Loss(Phase phase, StepContext step)
        {
            var loss = inner.Loss(phase, step);
            if (loss is not null)
                watch(phase, step, loss);
            return loss;
        }
    }

    /// <summary>The squared slope of the discriminator at generated samples, as a term of the generator's.</summary>
    private sealed class GeneratedSlope : Regularizer
    {
        public override string Phase => "g";

        public override bool DifferentiatesInput => true;

        public override Tensor? Penalty(AdversarialStep step) => step.Gradient(step.FakeOutput.Logits, step.FakeInput).square().sum([1]).mean();
    }
}
