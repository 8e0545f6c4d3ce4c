using System.Globalization;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class TrainerTests
{
    private static readonly Phase D = new("d", [Roles.Discriminator]);
    private static readonly Phase G = new("g", [Roles.Generator]);

    [Test]
    public void Training_moves_generated_points_towards_the_data()
    {
        using var scope = NewDisposeScope();
        // All data lies around (1, 1); a linear critic drives the mean of generated points there.
        using var training = new PointTraining(training: "\"iterations\": 300, \"ema\": { \"halfLifeKimg\": 0.5 }, \"optimizers\": { \"default\": { \"rate\": 0.01 } }", points: new PointsOptions { OneSided = true });
        double Distance() => training.Trainer.WithAverages(() =>
        {
            var sampler = new Sampler(training.Model, CPU);
            return (sampler.Generate(500, null, 1).mean([0]) - 1).norm().item<float>();
        });
        var before = Distance();
        training.Run();

        Assert.That(Distance(), Is.LessThan(before / 2));
    }

    [Test]
    public void Only_the_networks_of_a_phase_are_trained()
    {
        using var training = new PointTraining(_ => new Scripted([G], (_, step) => step.Model.Discriminate(step.Generated, null).Logits.mean()));
        var before = Copy(training.Model.Networks[Roles.Discriminator]);
        var generator = Copy(training.Model.Networks[Roles.Generator]);
        training.Run();

        Assert.That(Same(before, training.Model.Networks[Roles.Discriminator]));
        Assert.That(Same(generator, training.Model.Networks[Roles.Generator]), Is.False);
        Assert.That(training.Model.Networks[Roles.Discriminator].parameters().All(parameter => parameter.grad is null), "no gradients are kept of a network that is not trained");
    }

    [Test]
    public void A_phase_repeats_and_keeps_its_intervals_and_window()
    {
        using var training = new PointTraining(
            _ => new Scripted(
                [D with { Repeat = 3 }, new("reg", D.Trains) { Interval = 4 }, G with { Active = new Window(0.5, 1) }],
                (_, step) => step.Model.Discriminate(step.Generated, null).Logits.mean()),
            "\"iterations\": 8");
        training.Run();

        var asked = ((Scripted)training.Objective).Asked;
        Assert.That(string.Join(' ', asked), Is.EqualTo("d d d reg d d d d d d d d d d d d reg g d d d g d d d g d d d g"));
    }

    [Test]
    public void Phases_that_share_a_draw_see_the_same_samples_and_others_do_not()
    {
        using var scope = NewDisposeScope();
        var seen = new List<(string Phase, float Real, float Generated, bool Gradient)>();
        using var training = new PointTraining(
            _ => new Scripted([D, G with { SharesDraw = true }, new("fresh", G.Trains)], (phase, step) =>
            {
                seen.Add((phase.Name, step.Real.Samples.sum().item<float>(), step.Generated.sum().item<float>(), step.Generated.requires_grad));
                return step.Model.Discriminate(step.Generated, null).Logits.mean();
            }),
            "\"iterations\": 2, \"optimizers\": { \"default\": { \"rate\": 0 } }");
        training.Run();

        Assert.Multiple(() =>
        {
            Assert.That(seen[1].Real, Is.EqualTo(seen[0].Real));
            Assert.That(seen[1].Generated, Is.EqualTo(seen[0].Generated));
            Assert.That(seen[2].Real, Is.Not.EqualTo(seen[0].Real));
            Assert.That(seen[2].Generated, Is.Not.EqualTo(seen[0].Generated));
            Assert.That(seen[3].Real, Is.Not.EqualTo(seen[0].Real));
            Assert.That(seen.Take(3).Select(step => step.Gradient), Is.EqualTo(new[] { false, true, true }));
        });
    }

    [Test]
    public void A_shared_draw_trains_the_generator_as_a_fresh_pass_over_the_same_latents_would()
    {
        // The discriminator stands still, so that both orders see the same one.
        const string settings = "\"iterations\": 5, \"optimizers\": { \"discriminator\": { \"rate\": 0 } }";
        Tensor? Loss(Phase phase, StepContext step) => step.Model.Discriminate(step.Generated, null).Logits.mean();
        using var shared = new PointTraining(_ => new Scripted([new("a", D.Trains), new("b", G.Trains) { SharesDraw = true }], Loss), settings).Run();
        using var fresh = new PointTraining(_ => new Scripted([new("a", G.Trains)], Loss), settings).Run();

        Assert.That(Same(Copy(shared.Model.Networks[Roles.Generator]), fresh.Model.Networks[Roles.Generator]));
    }

    [Test]
    public void Accumulated_gradients_equal_those_of_the_whole_batch()
    {
        Tensor? Loss(Phase phase, StepContext step) => (step.Model.Discriminate(step.Real.Samples, null).Logits - 1).square().mean();
        // Adam's steps are the same whatever the gradients are multiplied by.
        const string settings = "\"batch\": 32, \"optimizers\": { \"default\": { \"name\": \"sgd\", \"rate\": 0.1 } }";
        using var whole = new PointTraining(_ => new Scripted([D], Loss), settings).Run();
        using var parts = new PointTraining(_ => new Scripted([D], Loss), settings + ", \"accumulate\": 4").Run();

        using var scope = NewDisposeScope();
        foreach (var (a, b) in whole.Model.Networks[D.Trains[0]].parameters().Zip(parts.Model.Networks[D.Trains[0]].parameters()))
            Assert.That((a - b).abs().max().item<float>(), Is.LessThan(1e-5));
    }

    [Test]
    public void Micro_batches_draw_the_rows_of_the_whole_batch()
    {
        using var scope = NewDisposeScope();
        byte[] Drawn(string settings)
        {
            var drawn = new List<Tensor>();
            using var training = new PointTraining(_ => new Scripted([D], (_, step) =>
            {
                var count = step.Real.Count;
                var (update, latents, generated) = (Draws.Normal(count, [2]), step.Latent(2 * count).reshape(count, -1), step.Generated);
                using var purpose = step.BeginDraws("test");
                drawn.Add(cat([update, latents, generated, Draws.Uniform(count, [3])], 1).detach().DetachFromDisposeScope());
                return null;
            }), $"\"iterations\": 2, \"batch\": 8{settings}").Run();
            return cat(drawn).bytes.ToArray();
        }

        Assert.That(Drawn(", \"accumulate\": 4"), Is.EqualTo(Drawn("")));
    }

    [Test]
    public void A_purpose_draws_the_same_whatever_else_is_drawn_and_another_thing_in_each_update()
    {
        using var scope = NewDisposeScope();
        List<float> Drawn(bool more)
        {
            var drawn = new List<float>();
            using var training = new PointTraining(_ => new Scripted([D], (_, step) =>
            {
                if (more)
                    Draws.Normal(4, [2]);
                using var purpose = step.BeginDraws("test");
                drawn.Add(Draws.Uniform(1, []).item<float>());
                return null;
            }), "\"iterations\": 3").Run();
            return drawn;
        }

        Assert.That(Drawn(more: true), Is.EqualTo(Drawn(more: false)).And.Unique);
    }

    [Test]
    public void A_loss_of_null_skips_the_update()
    {
        using var training = new PointTraining(_ => new Scripted([D], (_, _) => null));
        var before = training.Bytes();
        training.Run(5);

        Assert.That(training.Bytes(), Is.EqualTo(before));
    }

    [Test]
    public void What_a_phase_keeps_reaches_later_phases_of_the_iteration_and_no_further()
    {
        var found = new List<bool>();
        using var training = new PointTraining(
            _ => new Scripted([G, D], (phase, step) =>
            {
                found.Add(step.Kept("value") is not null);
                if (phase.Name == "g")
                    step.Keep("value", step.Real.Samples.mean());
                return null;
            }),
            "\"iterations\": 2");
        training.Run();

        Assert.That(found, Is.EqualTo(new[] { false, true, false, true }));
    }

    [Test]
    public void A_phase_that_trains_an_unknown_network_is_refused()
    {
        Assert.That(() => new PointTraining(_ => new Scripted([new("x", ["oracle"])], (_, _) => null)), Throws.TypeOf<ComponentException>().With.Message.Contains("oracle"));
    }

    [Test]
    public void Two_phases_of_one_name_are_refused() =>
        Assert.That(() => new PointTraining(_ => new Scripted([D, G with { Name = "d" }], (_, _) => null)), Throws.TypeOf<ComponentException>().With.Message.Contains("'d'"));

    [Test]
    public void Two_phases_that_train_the_generator_on_one_draw_are_refused() =>
        Assert.That(() => new PointTraining(_ => new Scripted([G, new("again", G.Trains) { SharesDraw = true }], (_, _) => null)), Throws.TypeOf<ComponentException>().With.Message.Contains("'again'"));

    [Test]
    public void An_optimiser_for_a_network_that_does_not_exist_is_refused_with_the_nearest_name() =>
        Assert.That(() => new PointTraining(training: "\"optimizers\": { \"genrator\": { \"rate\": 1 } }"), Throws.TypeOf<ComponentException>().With.Message.Contains("did you mean 'generator'?"));

    [Test]
    public void A_factor_on_the_rate_of_a_network_is_as_good_as_another_rate()
    {
        const string settings = "\"optimizers\": {{ \"generator\": {{ \"rate\": {0} }}, \"discriminator\": {{ \"rate\": 0.001 }} }}";
        using var expected = new PointTraining(training: string.Format(CultureInfo.InvariantCulture, settings, 0.001)).Run();
        using var scaled = new PointTraining(training: string.Format(CultureInfo.InvariantCulture, settings, 0.002));
        scaled.Trainer.ScaleRates(new Dictionary<string, double> { [Roles.Generator] = 0.5 });
        scaled.Run();

        Assert.That(scaled.Bytes(), Is.EqualTo(expected.Bytes()));
    }

    [Test]
    public void A_factor_that_is_not_named_again_is_one_again()
    {
        using var expected = new PointTraining().Run();
        using var scaled = new PointTraining();
        scaled.Trainer.ScaleRates(new Dictionary<string, double> { [Roles.Generator] = 0.5 });
        scaled.Trainer.ScaleRates(new Dictionary<string, double>());
        scaled.Run();

        Assert.That(scaled.Bytes(), Is.EqualTo(expected.Bytes()));
    }

    [TestCase("log", new[] { "log 7", "snapshot 7", "checkpoint 7", "log 14", "log 14", "snapshot 14", "checkpoint 14", "log 20", "snapshot 20", "checkpoint 20" })]
    [TestCase("checkpoint", new[] { "log 7", "snapshot 7", "checkpoint 7", "log 14", "snapshot 14", "checkpoint 14", "log 14", "snapshot 14", "checkpoint 14", "log 20", "snapshot 20", "checkpoint 20" })]
    public void A_training_continues_from_the_checkpoint_that_its_observer_returns(string from, string[] expected)
    {
        using var whole = new PointTraining().Run();
        using var restored = new PointTraining(training: "\"logEvery\": 7, \"snapshotEvery\": 7, \"checkpointEvery\": 7");
        using var folder = new TemporaryFolder();
        var observer = new Returning(restored.Trainer, new CheckpointStore(folder.Path), from);
        restored.Trainer.Run(observer, CancellationToken.None);

        Assert.That(observer.Calls, Is.EqualTo(expected), "what else was due comes up again");
        Assert.That(restored.Bytes(), Is.EqualTo(whole.Bytes()));
        Assert.That(observer.Returned!.State.Tensors.Values, Has.All.Property(nameof(Tensor.IsInvalid)).True, "the trainer has disposed it");
    }

    [Test]
    public void A_weight_that_is_no_longer_finite_is_named()
    {
        using var training = new PointTraining();
        Assert.That(training.Trainer.FirstBrokenWeight(), Is.Null);
        using (no_grad())
            training.Model.Networks[Roles.Generator].parameters().First().fill_(float.NaN);

        Assert.That(training.Trainer.FirstBrokenWeight(), Does.StartWith("networks/generator/"));
    }

    [Test]
    public void What_fails_in_a_loss_is_reported_with_phase_and_iteration()
    {
        using var training = new PointTraining(_ => new Scripted([D], (_, step) => step.Iteration == 3 ? throw new InvalidOperationException("no") : null));
        var failure = Assert.Throws<TrainingException>(() => training.Run());

        Assert.That((failure!.Phase, failure.Iteration), Is.EqualTo(("d", 3L)));
    }

    [Test]
    public void Five_thousand_iterations_leave_no_tensors_and_no_memory_behind()
    {
        using var training = new PointTraining(
            null,
            "\"iterations\": 6500, \"discriminatorSteps\": 2, \"ema\": { \"halfLifeKimg\": 1 }",
            new TinyOptions { BatchNorm = true, Dropout = 0.1 },
            regularizers: [new("slope", new Slope(), Schedule.Constant(1), 1)]);
        long tensors = 0, memory = 0;
        training.Run(each: trainer =>
        {
            // By then everything is compiled as fast as it will be.
            if (trainer.Iteration is 1500 or 6500)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
            }
            if (trainer.Iteration == 1500)
                (tensors, memory) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Environment.WorkingSet);
            else if (trainer.Iteration % 500 == 0 && trainer.Iteration > 1500)
                Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(tensors), $"after {trainer.Iteration} iterations");
        });

        Assert.That(Environment.WorkingSet, Is.LessThan(1.05 * memory));
    }

    /// <summary>Keeps the state of iteration 13, and goes back to it at the first call of one kind after it: where the restored iteration is the one that has just been done.</summary>
    private sealed class Returning(Trainer trainer, CheckpointStore store, string from) : ITrainingObserver
    {
        public List<string> Calls { get; } = [];

        public Checkpoint? Returned { get; private set; }

        public void Iterated()
        {
            if (trainer.Iteration == 13)
                store.Write(trainer.Capture());
        }

        public Checkpoint? Log(IReadOnlyDictionary<string, double> scalars) => Called("log");

        public void Snapshot() => Called("snapshot");

        public Checkpoint? WriteCheckpoint() => Called("checkpoint");

        private Checkpoint? Called(string kind)
        {
            Calls.Add($"{kind} {trainer.Iteration}");
            if (kind != from || trainer.Iteration < 14 || Returned is not null)
                return null;
            return Returned = store.ReadLatest(Assert.Fail);
        }
    }

    private static List<Tensor> Copy(nn.Module network) => [.. network.parameters().Select(parameter => parameter.detach().clone())];

    private static bool Same(List<Tensor> then, nn.Module network) => then.Zip(network.parameters()).All(pair => pair.First.Equals(pair.Second));
}
