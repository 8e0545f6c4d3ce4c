namespace PluginGan.Training;

/// <summary>Something failed within the loop: says where.</summary>
public sealed class TrainingException(string phase, long iteration, Exception cause)
    : Exception($"phase '{phase}' failed at iteration {iteration}: {cause.Message}", cause)
{
    /// <summary>The phase.</summary>
    public string Phase { get; } = phase;

    /// <summary>The iteration, counted from 0.</summary>
    public long Iteration { get; } = iteration;
}
