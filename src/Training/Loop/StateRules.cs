using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>What a checkpointed state must satisfy to be restored into a training.</summary>
internal static class StateRules
{
    private const int Shown = 5;

    /// <param name="state">The state.</param>
    /// <param name="targets">The tensors to be filled from it.</param>
    /// <param name="trained">The networks that are trained now.</param>
    /// <exception cref="ComponentException">It is of another training; names what does not fit.</exception>
    public static void Check(TrainerState state, IEnumerable<(string Name, Tensor Value)> targets, IReadOnlyCollection<string> trained)
    {
        var uncounted = state.ScalarCounts.Keys.Where(name => !state.Tensors.ContainsKey(StateTensors.Scalar(name)));
        List<string> misfits =
        [
            .. targets.SelectMany(target => Misfit(state, target.Name, target.Value)),
            .. state.OptimizerSteps.Keys.Except(trained).Select(role => $"the network '{role}' is no longer trained"),
            .. uncounted.Select(name => $"the unread scalar '{name}' is counted and missing"),
        ];
        if (misfits.Count == 0)
            return;
        var more = misfits.Count > Shown ? $"; and {misfits.Count - Shown} more" : "";
        throw new ComponentException($"the checkpoint is of another recipe or plugin version and does not fit: {string.Join("; ", misfits.Take(Shown))}{more}; give the recipe the components again that it was made with, or begin a new run");
    }

    private static IEnumerable<string> Misfit(TrainerState state, string name, Tensor target)
    {
        if (!state.Tensors.TryGetValue(name, out var value))
            yield return $"'{name}' is missing";
        else if (!value.shape.SequenceEqual(target.shape))
            yield return $"'{name}' has shape [{string.Join(", ", value.shape)}] instead of [{string.Join(", ", target.shape)}]";
    }
}
