using PluginGan.Core;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.Losses;
using PluginGan.Training;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Devices;

/// <summary>A training of a small DCGAN on noise with losses, regularisers and augmentations of the plugin, by name; without classes there is a mapping network too.</summary>
internal sealed class SmallTraining : IDisposable
{
    private readonly GreyNoise dataset;
    private readonly GanModel model;
    private readonly AdversarialObjective objective;
    private readonly BatchSource data;
    private readonly List<Component> components;

    public SmallTraining(
        string loss, string[] regularizers, DcGanOptions options, (string Name, object? Options)[]? augmentations = null, int pack = 1, GradientClip? clip = null)
    {
        manual_seed(1);
        dataset = new GreyNoise();
        var plugin = new Registered(new LossesPlugin());
        var spec = new ModelSpec(dataset.Spec, pack);
        model = options.Conditional ? new DcGanModel(options, spec) : new StyledDcGan(options, spec);
        var terms = regularizers.Select(name => new WeightedRegularizer(name, plugin.Create<Regularizer>(name), 1.0, 1)).ToList();
        var changes = (augmentations ?? []).Select(choice => plugin.Create<Augmentation>(choice.Name, choice.Options)).ToList();
        components = [.. terms.Select(term => term.Regularizer), .. changes];
        var game = plugin.Create<AdversarialLoss>(loss);
        objective = AdversarialObjective.Of(model, game, terms);
        data = BatchSource.Open(dataset, 1, CPU);
        var recipe = $$$"""{ "dataset": "x", "architecture": "x", "loss": "x", "training": { "iterations": 9, "batch": 8, "pack": {{{pack}}}, "ema": { "halfLifeKimg": 1 } } }""";
        Trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Loss = game,
            Regularizers = terms,
            Data = data,
            Training = Recipes.Read("recipe.json", [], _ => recipe).Training,
            Optimizers = model.Networks.Keys.ToDictionary(role => role, _ => new NetworkOptimizer(new Adam(new AdamOptions()), 2e-4, clip)),
            Augmentations = [.. changes.Select(change => (change, Schedule.Constant(1)))],
            Components = components.Index().ToDictionary(entry => $"{entry.Index}", entry => entry.Item),
            Seed = 1,
        });
    }

    public Trainer Trainer { get; }

    /// <summary>Trains up to an iteration; <paramref name="iterated"/> is called after each.</summary>
    public void Run(long until = 9, Action? iterated = null)
    {
        using var stop = new CancellationTokenSource();
        if (Trainer.Iteration >= until)
            return;
        Trainer.Run(new Observer(() =>
        {
            iterated?.Invoke();
            if (Trainer.Iteration >= until)
                stop.Cancel();
        }), stop.Token);
    }

    public void Dispose()
    {
        Trainer.Dispose();
        data.Dispose();
        objective.Dispose();
        foreach (var component in components)
            component.Dispose();
        model.Dispose();
        dataset.Dispose();
    }

    private sealed class Observer(Action iterated) : ITrainingObserver
    {
        public void Iterated() => iterated();
    }
}
