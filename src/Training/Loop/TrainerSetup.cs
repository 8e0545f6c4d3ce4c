using PluginGan.Core;
using TorchSharp;

namespace PluginGan.Training;

/// <summary>The parts of a training. They stay the caller's to dispose.</summary>
public sealed record TrainerSetup
{
    /// <summary>The model; its networks are moved to the device.</summary>
    public required GanModel Model { get; init; }

    /// <summary>The game.</summary>
    public required Objective Objective { get; init; }

    /// <summary>The training data.</summary>
    public required BatchSource Data { get; init; }

    /// <summary>Batch, iterations, precision, memory format, averaging and intervals; "auto" counts as float32 and channels-last.</summary>
    public required TrainingSettings Training { get; init; }

    /// <summary>The optimisers by network; Adam as DCGAN uses it for those that are not named.</summary>
    public IReadOnlyDictionary<string, NetworkOptimizer> Optimizers { get; init; } = new Dictionary<string, NetworkOptimizer>();

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where to compute.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>The loss that the objective asks for where it plays the adversarial game; null for regularisers alone, or where it plays none.</summary>
    public AdversarialLoss? Loss { get; init; }

    /// <summary>The regularisers of the adversarial game.</summary>
    public IReadOnlyList<WeightedRegularizer> Regularizers { get; init; } = [];

    /// <summary>Augmentations in order, with their strength over the run.</summary>
    public IReadOnlyList<(Augmentation Augmentation, Schedule Strength)> Augmentations { get; init; } = [];

    /// <summary>Every component of the run by a name that is stable across resumes; their <see cref="Component.State"/> is moved and checkpointed, and each of them may <see cref="Component.Learn"/>.</summary>
    public IReadOnlyDictionary<string, Component> Components { get; init; } = new Dictionary<string, Component>();

    /// <summary>Whether the plan contains evaluations.</summary>
    public bool Evaluates { get; init; }

    /// <summary>Whether the plan evaluates after the first hundredth as a baseline.</summary>
    public bool Baseline { get; init; }

    /// <summary>Whether an update on a GPU fails where it makes the host wait for the GPU: a check for developers. The first updates, which load kernels, are exempt.</summary>
    public bool RefusesWaiting { get; init; }

    /// <summary>Where the training notes what it calls: a signal handler reads it.</summary>
    public CallTrace Trace { get; init; } = new();

    /// <summary>Lets every component of a new run learn from the training data.</summary>
    /// <exception cref="ComponentException">The data does not allow it.</exception>
    internal void Learn()
    {
        using var quiet = torch.no_grad();
        foreach (var (name, component) in Components)
        {
            using var scope = torch.NewDisposeScope();
            GlobalGenerator.Seed(torch.CPU, Seeds.Of(Seed, $"learn/{name}"));
            Trace.Begin("learning from the data", 0, component);
            component.Learn(Data.Dataset);
        }
    }

    internal NetworkOptimizer Optimizer(string role) => Optimizers.GetValueOrDefault(role) ?? new NetworkOptimizer(new Adam(new AdamOptions()), 2e-4);
}
