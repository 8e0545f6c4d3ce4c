using PluginGan.Core;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Tests.Devices;
using PluginGan.Training;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>A training of one of <see cref="ImageGames"/> on noise for six iterations.</summary>
internal sealed class ObjectiveTraining : IDisposable
{
    private const string Recipe =
        """{ "dataset": "x", "architecture": "x", "loss": "x", "training": { "iterations": 6, "batch": 8, "ema": { "halfLifeKimg": 1 } } }""";

    private readonly GreyNoise dataset;
    private readonly GanModel model;
    private readonly Objective objective;
    private readonly BatchSource data;

    public ObjectiveTraining(string game, params Augmentation[] augmentations)
        : this(game, null, [], augmentations)
    {
    }

    public ObjectiveTraining(string game, AdversarialLoss? loss, WeightedRegularizer[] regularizers, Augmentation[] augmentations, string precision = "fp32")
    {
        manual_seed(1);
        dataset = new GreyNoise();
        (model, objective) = ImageGames.Create(game, dataset.Spec);
        data = BatchSource.Open(dataset, 1, CPU);
        Trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Loss = loss ?? LossModule.toComponent(game.StartsWith("f-anogan", StringComparison.Ordinal) ? LossModule.wasserstein : LossModule.nonSaturating(0)),
            Regularizers = regularizers,
            Data = data,
            Augmentations = [.. augmentations.Select(augmentation => (augmentation, (Schedule)1.0))],
            Training = Recipes.Read("recipe.json", [$"training.precision={precision}"], _ => Recipe).Training,
            Optimizers = model.Networks.Keys.Concat(objective.Networks.Keys).ToDictionary(role => role, _ => new NetworkOptimizer(new Adam(new AdamOptions()), 1e-3, null)),
            Components = regularizers.Select(term => (Component)term.Regularizer).Concat(augmentations).Prepend(objective).Index().ToDictionary(entry => $"{entry.Index}", entry => entry.Item),
            Seed = 1,
        });
    }

    public Trainer Trainer { get; }

    public Objective Objective => objective;

    /// <summary>Trains up to an iteration; <paramref name="iterated"/> is called after each.</summary>
    public void Run(long until = 6, Action? iterated = null)
    {
        using var stop = new CancellationTokenSource();
        Trainer.Run(new Observer(() =>
        {
            iterated?.Invoke();
            // Interruption lets one more iteration run, as the plan says.
            if (Trainer.Iteration >= until - 1)
                stop.Cancel();
        }), stop.Token);
    }

    /// <summary>All weights and states, bit for bit.</summary>
    public byte[] Bytes()
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, Trainer.Capture().Tensors);
        return stream.ToArray();
    }

    public void Dispose()
    {
        Trainer.Dispose();
        data.Dispose();
        objective.Dispose();
        model.Dispose();
        dataset.Dispose();
    }

    private sealed class Observer(Action iterated) : ITrainingObserver
    {
        public void Iterated() => iterated();
    }
}
