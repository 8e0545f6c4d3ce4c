using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Everything that a training needs to continue exactly where it was.</summary>
/// <param name="Tensors">Networks, optimiser moments, averages, component states and unread scalars by name.</param>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Consumed">Real samples handed out.</param>
/// <param name="OptimizerSteps">Steps made, by network.</param>
/// <param name="ScalarCounts">How many values each unread scalar sums.</param>
public sealed record TrainerState(
    IReadOnlyDictionary<string, Tensor> Tensors,
    long Iteration,
    long Consumed,
    IReadOnlyDictionary<string, long> OptimizerSteps,
    IReadOnlyDictionary<string, long> ScalarCounts);
