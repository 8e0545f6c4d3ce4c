using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Plugins.CycleGan;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Pix2Pix;
using PluginGan.Plugins.Tests.Devices;
using PluginGan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

/// <summary>Both games in the host's loop, on pairs of small random images.</summary>
public sealed class TranslationTrainingTests
{
    private const int Iterations = 12;

    [Test]
    public void A_training_of_cyclegan_resumes_bit_for_bit_with_its_pools()
    {
        using var whole = new Run(CycleGan);
        whole.Train(Iterations);
        using var first = new Run(CycleGan);
        first.Train(Iterations / 2);
        using var second = new Run(CycleGan);
        second.Trainer.Restore(first.Trainer.Capture());
        second.Train(Iterations);

        var (expected, found) = (whole.Trainer.Capture().Tensors, second.Trainer.Capture().Tensors);
        Assert.Multiple(() =>
        {
            Assert.That(found.Keys, Is.EquivalentTo(expected.Keys).And.Contains("state/objective/targets.images").And.Contains("state/objective/sources.seen"));
            foreach (var (name, value) in expected)
                Assert.That(Bytes(found[name]), Is.EqualTo(Bytes(value)), name);
            // Four images an iteration: the pools of five have been full since the second.
            Assert.That(expected["state/objective/targets.seen"].item<long>(), Is.EqualTo(4 * Iterations));
            Assert.That(expected["state/objective/targets.images"].abs().flatten(1).sum(1).ne(0).all().item<bool>(), Is.True);
            Assert.That(Bytes(first.Trainer.Capture().Tensors["state/objective/targets.images"]), Is.Not.EqualTo(Bytes(expected["state/objective/targets.images"])));
        });
    }

    [Test]
    public void Every_network_is_trained([Values] bool pairs)
    {
        using var run = new Run(pairs ? Pix2Pix : CycleGan);
        var before = run.Model.Networks.ToDictionary(network => network.Key, network => network.Value.parameters().First().clone());
        run.Train(3);
        Assert.That(run.Model.Networks.Where(network => network.Value.parameters().First().equal(before[network.Key]).all().item<bool>()).Select(network => network.Key), Is.Empty);
    }

    [Test]
    public void An_accumulated_gradient_is_of_all_images([Values(1, 2)] int accumulate)
    {
        using var run = new Run(CycleGan, accumulate);
        run.Train(5);
        Assert.That(run.Trainer.Capture().Tensors["state/objective/sources.seen"].item<long>(), Is.EqualTo(4 * 5));
        Assert.That(run.Trainer.FirstBrokenWeight(), Is.Null);
    }

    [Test]
    public void Operators_of_an_iteration_do_not_wait([Values] bool pairs)
    {
        using var run = new Run(pairs ? Pix2Pix : CycleGan);
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

    private static AdversarialLoss LeastSquares => LossModule.toComponent(LossModule.leastSquares);

    private static WeightedRegularizer[] Distance => [new("paired-distance", new PairedDistance(new()), 100.0, 1)];

    // Weights may lie with their channels last.
    private static byte[] Bytes(Tensor tensor) => tensor.contiguous().bytes.ToArray();

    private static (GanModel, Objective) CycleGan(DataSpec data)
    {
        var model = new CycleGanModel(new() { Width = 4, Blocks = 1, DiscriminatorDepth = 1 }, new ModelSpec(data, 1));
        return (model, new CycleGanObjective(new() { Pool = 5 }, model, data));
    }

    private static (GanModel, Objective) Pix2Pix(DataSpec data)
    {
        var model = new Pix2PixModel(new() { Width = 4, Depth = 2, DiscriminatorDepth = 1 }, new ModelSpec(data, 1));
        return (model, AdversarialObjective.Of(model, LeastSquares, Distance));
    }

    private sealed class Run : IDisposable
    {
        private readonly DisposeScope scope = NewDisposeScope();
        private readonly NoisePairs dataset = new();
        private readonly Objective objective;
        private readonly BatchSource data;

        public Run(Func<DataSpec, (GanModel, Objective)> game, int accumulate = 1)
        {
            manual_seed(7);
            (Model, objective) = game(dataset.Spec);
            data = BatchSource.Open(dataset, 1, CPU);
            Trainer = new Trainer(new TrainerSetup
            {
                Model = Model,
                Objective = objective,
                Loss = LeastSquares,
                Regularizers = objective is AdversarialObjective ? Distance : [],
                Data = data,
                Training = Recipes.Read("recipe.json", [], _ => $$"""{ "dataset": "x", "architecture": "x", "loss": "x", "training": { "iterations": 100, "batch": 4, "accumulate": {{accumulate}} } }""").Training,
                Components = new Dictionary<string, Component> { ["model"] = Model, ["objective"] = objective },
                Seed = 1,
            });
        }

        public GanModel Model { get; }

        public Trainer Trainer { get; }

        public void Train(long until, Action? iterated = null)
        {
            using var stop = new CancellationTokenSource();
            Trainer.Run(new Observer(() =>
            {
                iterated?.Invoke();
                // The iteration that is next is still done.
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
            Model.Dispose();
            dataset.Dispose();
            scope.Dispose();
        }
    }

    private sealed class NoisePairs : Dataset, IInMemory
    {
        private static readonly ImageSpec Image = new(1, 12, 12);

        public NoisePairs()
        {
            manual_seed(3);
            (Samples, Conditions) = (randint(256, [64, 1, 12, 12], ScalarType.Byte), randint(256, [64, 1, 12, 12], ScalarType.Byte));
        }

        public override DataSpec Spec => new(Image, new SampleCondition(Image));

        public override long Count => 64;

        public Tensor Samples { get; }

        public Tensor Conditions { get; }

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed) => throw new NotSupportedException();
    }

    private sealed class Observer(Action iterated) : ITrainingObserver
    {
        public void Iterated() => iterated();
    }
}
