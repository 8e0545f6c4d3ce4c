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
                Tensor Copy(Tensor values) => values.detach().clone().DetachFromDisposeScope();
                var (real, fake) = (step.Discriminate(step.Real.Samples), step.Discriminate(step.Generated));
                inputs.Add((Copy(real.Input), Copy(real.Samples)));
                inputs.Add((Copy(fake.Input), Copy(fake.Samples)));
                return real.Logits.mean();
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
        using var training = new PointTraining(regularizers: [new("slope", new GeneratedSlope(), Schedule.Constant(0), 1)]);
        var weight = training.Model.Networks[Roles.Generator].parameters().First();
        var before = weight.detach().clone();

        training.Run(3);

        Assert.That(weight.Equals(before), Is.False);
    }

    [Test]
    public void Regularisers_alone_train_only_what_they_belong_to()
    {
        using var training = new PointTraining(regularizers: [new("bias", new Bias(), Schedule.Constant(1), 1)], withoutLoss: true);

        Assert.That(training.Objective.Phases.Select(phase => phase.Name), Is.EqualTo(new[] { "d" }));
    }

    // A rate of 1 and no moments: what the bias has moved is the sum of the weights. At each of 20 iterations 2 · i / 20, at every fifth 0.5 · 5 times the discriminator's steps.
    [TestCase(1, 1, 19)]
    [TestCase(5, 1, 4 * 0.5 * 5)]
    [TestCase(5, 3, 4 * 0.5 * 5 * 3)]
    public void A_penalty_is_weighted_by_its_schedule_and_a_lazy_one_by_all_updates_that_it_stays_away_from(int interval, int steps, double expected)
    {
        using var training = new PointTraining(
            training: $"\"discriminatorSteps\": {steps}, \"optimizers\": {{ \"default\": {{ \"name\": \"sgd\", \"rate\": 1 }} }}",
            regularizers: [new("bias", new Bias(), interval == 1 ? Schedule.Linear(0, 2) : Schedule.Constant(0.5), interval)],
            withoutLoss: true);
        var bias = Bias.Of(training.Model);
        var before = bias.item<float>();
        training.Run();

        Assert.That(before - bias.item<float>(), Is.EqualTo(expected).Within(1e-4));
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
            model => new Scripted([D with { Side = Side.Discriminator }], (_, step) =>
            {
                var term = step.Adversarial();
                real.Add(term.Real.Logits.mean().item<float>());
                return term.Loss;
            }),
            "\"iterations\": 3",
            augmentations: [(shown, Schedule.Constant(1))],
            loss: new Logistic { Middle = undecided });
        training.Run();

        Assert.That(shown.Means, Is.EqualTo(undecided is { } middle ? real.Select(mean => mean - middle) : []).Within(1e-6));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_generators_update_draws_for_itself_if_that_is_asked_for(bool fresh)
    {
        using var scope = NewDisposeScope();
        var drawn = new List<float>();
        using var training = new PointTraining(
            model => new Watching(AdversarialObjective.Of(model, new Logistic(), []), (_, step, _) => drawn.Add(step.Real.Samples.sum().item<float>())),
            $"\"iterations\": 1, \"freshDraws\": {(fresh ? "true" : "false")}");
        training.Run();

        Assert.That(drawn, Has.Count.EqualTo(2), "d, g");
        Assert.That(drawn[1] == drawn[0], Is.Not.EqualTo(fresh));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_generators_loss_is_given_the_verdict_on_real_samples_only_if_it_asks_for_it(bool asks)
    {
        var loss = new Asking(asks);
        using var training = new PointTraining(training: "\"iterations\": 2", loss: loss).Run();

        Assert.That(loss.Given, Is.EqualTo(new[] { asks, asks }));
    }

    [Test]
    public void A_gradient_penalty_differentiates_by_the_discriminators_input()
    {
        using var scope = NewDisposeScope();
        var penalties = new List<float>();
        WeightedRegularizer[] terms = [new("slope", new Slope(), Schedule.Constant(1), 1)];
        using var training = new PointTraining(
            model => new Watching(AdversarialObjective.Of(model, null, terms), (_, _, loss) => penalties.Add(loss.item<float>())),
            "\"iterations\": 200, \"optimizers\": { \"default\": { \"rate\": 0.02 } }",
            regularizers: terms,
            withoutLoss: true);
        training.Run();

        // Nothing but the penalty is minimised: the discriminator flattens.
        Assert.That(penalties[^1], Is.LessThan(penalties[0] / 100));
    }

    [Test]
    public void A_verdict_that_is_first_asked_for_without_gradients_has_them_all_the_same()
    {
        using var training = new PointTraining(_ => new Scripted([D with { Side = Side.Discriminator }], (_, step) =>
        {
            var pair = step.Pair;
            var verdict = step.Discriminate(() => pair.Real);
            using (no_grad())
                step.Report("accuracy", verdict.Logits.gt(0).to(ScalarType.Float32).mean());
            return verdict.Logits.mean();
        }), "\"iterations\": 2");
        var weight = training.Model.Networks[Roles.Discriminator].parameters().First();
        using var before = weight.detach().clone();
        training.Run();

        Assert.That(weight.Equals(before), Is.False);
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
            _ => new Scripted([D, G], (phase, step) =>
            {
                var real = step.Discriminate(() => new(step.Real.Samples), neutralLogit: phase == D ? 0 : null);
                gaps.Add((real.Input - step.Real.Samples).std().item<float>());
                return real.Logits.mean() + step.Discriminate(step.Generated).Logits.mean();
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
        using var training = new PointTraining(regularizers: [new("clamp", clamp, Schedule.Constant(1), 5)]).Run();

        Assert.That(clamp.Calls, Is.EqualTo(4));
    }

    /// <summary>The bias of the verdict, whose gradient is the penalty's weight.</summary>
    private sealed class Bias : Regularizer
    {
        public override Side Side => Side.Discriminator;

        public static TorchSharp.Modules.Parameter Of(GanModel model) => model.Networks[Roles.Discriminator].get_parameter("verdict.bias")!;

        public override Tensor? ModelPenalty(StepContext step) => Of(step.Model).sum();
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

        public override Side Side => Side.Discriminator;

        public override void AfterStep(IReadOnlyList<Tensor> parameters) => Calls++;
    }

    private sealed class Watching(Objective inner, Action<Phase, StepContext, Tensor> watch) : Objective
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
        public override Side Side => Side.Generator;

        public override bool DifferentiatesInput => true;

        public override Tensor? Penalty(JudgedPair pair) => pair.Step.Gradient(pair.Fake.Logits, pair.Fake.Input).square().sum([1]).mean();
    }
}
