using PluginGan.Core;
using PluginGan.Plugins.Losses;
using PluginGan.TestPlugins;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>A run of points in the plane with its run directory, as the host puts it together.</summary>
internal sealed class WatchedRun : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly Follower follower = new();
    private readonly TrainingRun run;

    /// <param name="folder">Where the run directory is.</param>
    /// <param name="training">Keys of the recipe's training.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="regularizers">Its regularisers.</param>
    /// <param name="ignoresLatent">Whether the generator does.</param>
    /// <param name="evaluators">What is measured on the training data.</param>
    public WatchedRun(string folder, string training, AdversarialLoss? loss = null, IReadOnlyList<WeightedRegularizer>? regularizers = null, bool ignoresLatent = false, IReadOnlyList<Evaluator>? evaluators = null)
    {
        var settings = PointTraining.Settings(training);
        var model = Own(new PlaneGame(3, ignoresLatent));
        var dataset = Own(new PointsInMemory(new PointsOptions()));
        loss ??= LossModule.toComponent(LossModule.nonSaturating(0));
        var objective = Own(AdversarialObjective.Of(model, loss, regularizers ?? []));
        Directory = System.IO.Directory.Exists(folder) && RunDirectory.List(folder) is [var only] ? only : RunDirectory.Create(folder, "watched", "{}", Manifest(dataset.Spec));
        var evaluation = evaluators is null ? null : Own(new EvaluationRun(evaluators, name => throw new ComponentException(name), dataset, 100, 1, CPU));
        run = Own(new TrainingRun(
            new TrainerSetup
            {
                Model = model,
                Objective = objective,
                Loss = loss,
                Regularizers = regularizers ?? [],
                Data = Own(BatchSource.Open(dataset, 1, CPU)),
                Training = settings,
                Optimizers = model.Networks.Keys.ToDictionary(role => role, role => PointTraining.Rule(settings.Optimizer(role))),
                Seed = 1,
                Components = new Dictionary<string, Component> { ["objective"] = objective },
                Evaluates = evaluation is not null,
            },
            dataset, evaluation, Directory, follower, TimeProvider.System));
    }

    public RunDirectory Directory { get; }

    /// <summary>What has become of the run.</summary>
    public RunSummary Summary => RunHistory.Fold(Directory.Events());

    /// <summary>The rules that have found something, in order.</summary>
    public IEnumerable<HealthRule> Found => Directory.Events().Where(happened => happened.Kind == RunEventKind.Diagnosis).Select(happened => happened.Diagnosis!.Rule);

    /// <summary>Called after each event.</summary>
    public Action<RunEvent> Happened { set => follower.Listening = value; }

    /// <summary>Trains to the end, or until so many iterations are done.</summary>
    public WatchedRun Run(long iterations = long.MaxValue, Action<Trainer>? each = null)
    {
        using var stop = new CancellationTokenSource();
        // Interruption lets one more iteration run, as the plan says.
        follower.Iterating = trainer =>
        {
            each?.Invoke(trainer);
            if (trainer.Iteration == iterations - 1)
                stop.Cancel();
        };
        run.Run(stop.Token);
        return this;
    }

    public WatchedRun Resume(bool force = false)
    {
        using var found = Directory.Checkpoints.Find();
        run.Resume(found, [], force);
        return this;
    }

    /// <summary>Goes on from a checkpoint that the caller has found.</summary>
    public WatchedRun Resume(FoundCheckpoint found)
    {
        run.Resume(found, []);
        return this;
    }

    /// <summary>The bytes of the last checkpoint's tensors: everything that the training has come to.</summary>
    public byte[] Outcome() => File.ReadAllBytes(Path.Combine(Directory.Path, "checkpoints", $"{Directory.Checkpoints.Iterations[^1]:D7}", "state.safetensors"));

    public void Dispose()
    {
        foreach (var part in Enumerable.Reverse(owned))
            part.Dispose();
    }

    public static RunManifest Manifest(DataSpec data) => new()
    {
        Version = "test",
        Created = DateTimeOffset.UnixEpoch,
        Command = "",
        Data = data,
        Plugins = [],
        Device = "cpu",
        Threads = 1,
        Torch = "",
        Machine = "",
    };

    private T Own<T>(T part)
        where T : IDisposable
    {
        owned.Add(part);
        return part;
    }

    private sealed class Follower : ITrainingListener
    {
        public Action<Trainer>? Iterating { get; set; }

        public Action<RunEvent>? Listening { get; set; }

        public void Iterated(Trainer trainer) => Iterating?.Invoke(trainer);

        public void Happened(RunEvent happened) => Listening?.Invoke(happened);
    }
}
