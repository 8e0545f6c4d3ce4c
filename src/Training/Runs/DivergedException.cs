namespace PluginGan.Training;

/// <summary>A logged scalar or a weight is not a finite number: the run cannot recover by going on.</summary>
public sealed class DivergedException(string scalar, double value, long iteration) : Exception(
    $"diverged: {scalar} is {value} at iteration {iteration}. Lower the learning rates (training.optimizers), or add a regulariser such as r1 or gradient-penalty")
{
    /// <summary>The iteration at which it was seen.</summary>
    public long Iteration { get; } = iteration;
}
