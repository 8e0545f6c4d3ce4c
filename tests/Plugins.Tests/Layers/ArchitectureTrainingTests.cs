using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Progressive;
using PluginGan.Plugins.R3Gan;
using PluginGan.Plugins.ResNet;
using PluginGan.Plugins.StyleGan;
using PluginGan.Plugins.Tests.Devices;
using PluginGan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

/// <summary>The architectures for images in the host's loop, on small random images of two classes.</summary>
public sealed class ArchitectureTrainingTests
{
    private const int Iterations = 8;

    private static readonly Dictionary<string, Func<ModelSpec, GanModel>> Architectures = new()
    {
        ["resnet"] = spec => new ResNetModel(new() { Width = 4, GreatestFactor = 2, Latent = 8, Conditional = true, AttentionAt = 7 }, spec),
        ["r3gan"] = spec => new R3GanModel(new() { Width = 4, GreatestFactor = 2, GroupWidth = 4, Latent = 8, Conditional = true }, spec),
        ["style-gan"] = spec => new StyleGanModel(new() { Width = 4, GreatestFactor = 2, Latent = 8, Style = 8, Conditional = true }, spec),
        // Of eight iterations three are at 7 pixels; the further stages are faded in throughout, and the run is parted within one.
        ["progressive"] = spec => new ProgressiveModel(new() { Width = 4, GreatestFactor = 2, Latent = 8, Conditional = true, StageShare = 0.3, Fade = 1 }, spec),
    };

    private static IEnumerable<string> Names => Architectures.Keys;

    [Test]
    public void A_training_resumes_bit_for_bit([ValueSource(nameof(Names))] string architecture)
    {
        using var whole = new Run(architecture);
        whole.Train(Iterations);
        using var first = new Run(architecture);
        first.Train(Iterations / 2);
        using var second = new Run(architecture);
        second.Trainer.Restore(first.Trainer.Capture());
        second.Train(Iterations);

        var (expected, found) = (whole.Trainer.Capture().Tensors, second.Trainer.Capture().Tensors);
        Assert.That(found.Keys, Is.EquivalentTo(expected.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (name, value) in expected)
                Assert.That(found[name].contiguous().bytes.ToArray(), Is.EqualTo(value.contiguous().bytes.ToArray()), name);
        });
        Assert.That(whole.Trainer.FirstBrokenWeight(), Is.Null);
    }

    [Test]
    public void Operators_of_an_iteration_do_not_wait([ValueSource(nameof(Names))] string architecture)
    {
        using var run = new Run(architecture);
        OperatorLog? log = null;
        run.Train(6, iterated: () =>
        {
            // In the middle of an epoch, whose order is drawn at its start.
            if (run.Trainer.Iteration == 3)
                log = new OperatorLog();
            else if (run.Trainer.Iteration == 5)
                log!.Dispose();
        });
        Assert.That(log!.Calls, Has.Some.Contains("aten::convolution"));
        Assert.That(log.Calls.Where(NoWaitingTests.Waits), Is.Empty);
    }

    private sealed class Run : IDisposable
    {
        private readonly DisposeScope scope = NewDisposeScope();
        private readonly GreyNoise dataset;
        private readonly GanModel model;
        private readonly AdversarialObjective objective;
        private readonly BatchSource data;

        public Run(string architecture)
        {
            manual_seed(7);
            dataset = new GreyNoise();
            model = Architectures[architecture](new ModelSpec(dataset.Spec, 1));
            var losses = new Registered(new LossesPlugin());
            var loss = losses.Create<AdversarialLoss>("non-saturating");
            WeightedRegularizer[] regularizers = [new("r1", losses.Create<Regularizer>("r1"), 1.0, 2)];
            objective = AdversarialObjective.Of(model, loss, regularizers);
            data = BatchSource.Open(dataset, 1, CPU);
            Trainer = new Trainer(new TrainerSetup
            {
                Model = model,
                Objective = objective,
                Loss = loss,
                Regularizers = regularizers,
                Data = data,
                Training = Recipes.Read("recipe.json", [], _ =>
                    $$"""{ "dataset": "x", "architecture": "x", "loss": "x", "training": { "iterations": {{Iterations}}, "batch": 4, "ema": { "halfLifeKimg": 1 } } }""").Training,
                Components = new Dictionary<string, Component> { ["model"] = model, ["objective"] = objective },
                Seed = 1,
            });
        }

        public Trainer Trainer { get; }

        public void Train(long until, Action? iterated = null)
        {
            using var stop = new CancellationTokenSource();
            Trainer.Run(new Observer(() =>
            {
                iterated?.Invoke();
                // An interruption lets one more iteration end.
                if (Trainer.Iteration == until - 1)
                    stop.Cancel();
            }), stop.Token);
            Assert.That(Trainer.Iteration, Is.EqualTo(until));
        }

        public void Dispose()
        {
            Trainer.Dispose();
            data.Dispose();
            objective.Dispose();
            model.Dispose();
            dataset.Dispose();
            scope.Dispose();
        }
    }

    private sealed class Observer(Action iterated) : ITrainingObserver
    {
        public void Iterated() => iterated();
    }
}
