using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Trains a classifier or extractor as a <see cref="Fitting"/> asks: a game of one network and one phase, in the same loop as every other.</summary>
public static class Fitter
{
    private const string Role = "network";

    /// <summary>Trains the network of the fitting and leaves it in evaluation mode.</summary>
    /// <param name="fitting">Network, loss and settings.</param>
    /// <param name="dataset">The training data.</param>
    /// <param name="seed">Decides the order of the data and what the network draws.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="listener">Follows the progress.</param>
    /// <param name="interrupt">Ends the training early.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static void Fit(Fitting fitting, Dataset dataset, ulong seed, Device device, Action<Trainer, IReadOnlyDictionary<string, double>> listener, CancellationToken interrupt)
    {
        // Evaluations, which may ask for a classifier, run without gradients.
        using var gradients = enable_grad();
        var (batch, epochs) = (fitting.Settings.Batch, fitting.Settings.Epochs);
        var iterations = Math.Max(1, dataset.Count * epochs / batch);
        using var model = new FittedModel(fitting.Network);
        using var objective = new FittingObjective(fitting.Loss);
        using var source = BatchSource.Open(dataset, seed, device);
        using var trainer = Trainer.Prepare(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Data = source,
            Training = TrainingSettings.OfOneNetwork(iterations, batch),
            Optimizers = new Dictionary<string, NetworkOptimizer> { [Role] = new(new Adam(new AdamOptions { Beta1 = 0.9 }), Schedule.Cosine(fitting.Settings.Rate, 0)) },
            Seed = seed,
            Device = device,
        });
        if (trainer.Run(new Observer(trainer, listener), interrupt) == StopReason.Interrupted)
            throw new OperationCanceledException(interrupt);
        fitting.Network.eval();
    }

    /// <summary>The share of labels that an extractor tells rightly, or null where its logits are of other classes than the data's and it does not say how they are meant (<see cref="Fitting.Hits"/>).</summary>
    public static double? Accuracy(FeatureExtractor extractor, Dataset dataset, Device device)
    {
        if (dataset.Spec.Condition is not ClassCondition classes)
            return null;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        extractor.State?.to(device);
        extractor.State?.eval();
        var hits = extractor.Fitting?.Hits;
        var (right, labels) = (0L, 0L);
        foreach (var indices in Enumerable.Range(0, (int)dataset.Count).Select(index => (long)index).Chunk(500))
        {
            using var inner = NewDisposeScope();
            using var stored = dataset.Read(indices, 0);
            var batch = Scaling.Scale(stored, dataset.Spec, device);
            if (extractor.Extract(batch.Samples).Logits is not { } logits || (hits is null && logits.shape[1] != classes.Count))
                return null;
            var told = hits is null ? logits.argmax(-1).eq(batch.Condition!) : hits(logits, batch.Condition!);
            right += told.sum().item<long>();
            labels += told.numel();
        }
        return right / (double)labels;
    }

    private sealed class FittedModel(nn.Module network) : GanModel
    {
        public override IReadOnlyDictionary<string, nn.Module> Networks { get; } = new Dictionary<string, nn.Module> { [Role] = network };

        public override LatentSpec Latent => new([]);

        public override Tensor Generate(Tensor latent, Tensor? condition) => throw new NotSupportedException("a fitted network generates nothing");
    }

    private sealed class FittingObjective(Func<Batch, Tensor> loss) : Objective
    {
        public override IReadOnlyList<Phase> Phases { get; } = [new Phase("fit", [Role])];

        public override Tensor? Loss(Phase phase, StepContext step)
        {
            var value = loss(step.Real);
            step.Report("loss", value);
            return value;
        }
    }

    private sealed class Observer(Trainer trainer, Action<Trainer, IReadOnlyDictionary<string, double>> listener) : ITrainingObserver
    {
        public Checkpoint? Log(IReadOnlyDictionary<string, double> scalars)
        {
            listener(trainer, scalars);
            return null;
        }
    }
}
