using PluginGan.Core;
using PluginGan.Host.Terminal;
using PluginGan.Training;

namespace PluginGan.Host.Runs;

/// <summary>The run that <c>train --resume</c> continues where no name is given.</summary>
internal static class UnfinishedRun
{
    /// <summary>The run that was heard of last, of those that are neither finished nor under way. Says which.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static RunDirectory Latest(string root, Screen screen, TimeProvider time)
    {
        var runs = ReadableRuns.Of(RunDirectory.List(root), screen, time);
        var candidates = runs.Where(run => run.Summary.Status is not (RunStatus.Finished or RunStatus.Running)).ToList();
        if (candidates.Count == 0)
            throw new UsageException($"--resume: {WhyNone([.. runs.Select(run => run.Summary.Status)], root)}");
        var (latest, summary) = candidates.OrderBy(run => run.Summary.LastEvent ?? DateTimeOffset.MinValue).Last();
        screen.Line($"resuming {latest.Name}, {RunTables.Status(summary.Status)} at iteration {summary.Iteration}");
        return latest;
    }

    private static string WhyNone(IReadOnlyList<RunStatus> statuses, string root)
    {
        if (statuses.Count == 0)
            return $"there are no runs in '{root}'; name a run by its folder, or the folder of the runs with --runs";
        return statuses.Contains(RunStatus.Running)
            ? $"no run in '{root}' can be resumed: they are finished, or under way in another process"
            : $"all runs in '{root}' are finished; --resume RUN --set training.iterations=N makes one longer";
    }
}
