using PluginGan.Core;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>A training of points in the plane, put together by hand, with everything that it owns.</summary>
internal sealed class PointTraining : IDisposable
{
    private readonly List<IDisposable> owned = [];

    public PointTraining(
        Func<GanModel, Objective>? objective = null,
        string training = "",
        TinyOptions? options = null,
        PointsOptions? points = null,
        ulong seed = 1,
        IReadOnlyList<(Augmentation, Schedule)>? augmentations = null,
        AdversarialLoss? loss = null,
        IReadOnlyList<WeightedRegularizer>? regularizers = null,
        bool withoutLoss = false)
    {
        var settings = Settings(training);
        Dataset = Own(points is { Streamed: true } ? new Points(points) : new PointsInMemory(points ?? new PointsOptions()));
        manual_seed((long)seed);
        Model = Own(new TinyModel(options ?? new TinyOptions(), new ModelSpec(Dataset.Spec, settings.Pack)));
        var game = withoutLoss ? null : loss ?? new Logistic();
        Objective = Own(objective?.Invoke(Model) ?? AdversarialObjective.Of(Model, game, regularizers ?? []));
        var components = new Dictionary<string, Component> { ["objective"] = Objective };
        foreach (var (augmentation, _) in augmentations ?? [])
            components.Add($"augmentations[{components.Count - 1}]", augmentation);
        Setup = new TrainerSetup
        {
            Model = Model,
            Objective = Objective,
            Loss = game,
            Regularizers = regularizers ?? [],
            Data = Own(BatchSource.Open(Dataset, seed, CPU, settings.Data)),
            Training = settings,
            Optimizers = Model.Networks.Keys.Concat(Objective.Networks.Keys).ToDictionary(role => role, role => Rule(settings.Optimizer(role))),
            Seed = seed,
            Augmentations = augmentations ?? [],
            Components = components,
        };
        Trainer = Own(new Trainer(Setup));
    }

    public Dataset Dataset { get; }

    public TinyModel Model { get; }

    public Objective Objective { get; }

    public TrainerSetup Setup { get; }

    public Trainer Trainer { get; }

    /// <summary>Training settings as a recipe gives them, with 20 iterations of 16 unless said otherwise.</summary>
    public static TrainingSettings Settings(string training) => Recipes.Read(
        "recipe.json",
        [],
        _ => $$"""{ "dataset": "points", "architecture": "tiny", "loss": "x", "training": { {{(training.Contains("iterations", StringComparison.Ordinal) ? "" : "\"iterations\": 20,")}} {{(training.Contains("\"batch\"", StringComparison.Ordinal) ? "" : "\"batch\": 16,")}} {{training}} } }""").Training;

    /// <summary>Trains to the end, or until so many iterations are done.</summary>
    public PointTraining Run(int iterations = int.MaxValue, Action<Trainer>? each = null)
    {
        using var stop = new CancellationTokenSource();
        // Interruption lets one more iteration run, as the plan says.
        Trainer.Run(new Observer(() =>
        {
            each?.Invoke(Trainer);
            if (Trainer.Iteration >= iterations - 1)
                stop.Cancel();
        }), stop.Token);
        return this;
    }

    /// <summary>All weights and states as one list of bytes, to compare bit for bit.</summary>
    public byte[] Bytes()
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, Trainer.Capture().Tensors);
        return stream.ToArray();
    }

    public void Dispose()
    {
        foreach (var part in Enumerable.Reverse(owned))
            part.Dispose();
    }

    // What a recipe says of an optimiser, without a host to make it.
    public static NetworkOptimizer Rule(OptimizerSettings settings)
    {
        Schedule Option(string name, double fallback) => settings.Component.Options.TryGetValue(name, out var value) ? Schedules.Read(value) : fallback;
        Optimizer rule = settings.Component.Name == "sgd"
            ? new Sgd(new SgdOptions { Momentum = Option("momentum", 0) })
            : new Adam(new AdamOptions { Beta1 = Option("beta1", 0.5), Beta2 = Option("beta2", 0.999) });
        return new NetworkOptimizer(rule, settings.Rate, settings.Clip);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        owned.Add(part);
        return part;
    }

    private sealed class Observer(Action iterated) : ITrainingObserver
    {
        public void Iterated() => iterated();
    }
}

/// <summary>The non-saturating loss.</summary>
internal sealed class Logistic : AdversarialLoss
{
    public double? Middle { get; init; } = 0;

    public override double? NeutralLogit => Middle;

    public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) =>
        nn.functional.softplus(-real.Logits).mean() + nn.functional.softplus(fake.Logits).mean();

    public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => nn.functional.softplus(-fake.Logits).mean();
}

/// <summary>An objective whose losses are given as functions, and which remembers what it was asked.</summary>
internal sealed class Scripted(IReadOnlyList<Phase> phases, Func<Phase, StepContext, Tensor?> loss) : Objective
{
    public List<string> Asked { get; } = [];

    public override IReadOnlyList<Phase> Phases => phases;

    public override Tensor? Loss(Phase phase, StepContext step)
    {
        Asked.Add(phase.Name);
        return loss(phase, step);
    }
}

/// <summary>The squared slope of the discriminator at real samples.</summary>
internal sealed class Slope : Regularizer
{
    public override Side Side => Side.Discriminator;

    public override bool DifferentiatesInput => true;

    public override Tensor? Penalty(JudgedPair pair) => pair.Step.Gradient(pair.Real.Logits, pair.Real.Input).square().sum([1]).mean();
}
