namespace PluginGan.Bench.Games;

/// <summary>An optimiser whose steps are timed.</summary>
internal sealed class TimedOptimizer(Optimizer optimizer, Timeline timeline) : Optimizer
{
    public override IReadOnlyList<string> Moments => optimizer.Moments;

    public override void Step(OptimizerStep step) => timeline.During("optimisers", () =>
    {
        optimizer.Step(step);
        return true;
    });
}
