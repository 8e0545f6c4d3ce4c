using PluginGan.Core;
using PluginGan.Training;

namespace PluginGan.Host.Runs;

/// <summary>A run as scripts read it.</summary>
internal sealed record RunAnswer(
    string Name, string Path, RunStatus Status, long Iteration, DateTimeOffset? Started, DateTimeOffset? LastEvent,
    IReadOnlyDictionary<string, double> Scalars, IReadOnlyList<ScoreEntry> Scores, IReadOnlyList<WarningEntry> Warnings, string? Sheet, string? Generator)
{
    public static RunAnswer Of(RunDirectory directory, RunSummary summary) => new(
        directory.Name, directory.Path, summary.Status, summary.Iteration, summary.Started, summary.LastEvent,
        summary.Scalars, summary.Scores, summary.Warnings, summary.LastSnapshot(directory), File.Exists(directory.GeneratorPath) ? directory.GeneratorPath : null);
}

/// <summary>What follows from a summary and the files of its run.</summary>
internal static class RunFiles
{
    /// <summary>The newest sample sheet, or null.</summary>
    public static string? LastSnapshot(this RunSummary summary, RunDirectory directory)
    {
        var samples = Path.Combine(directory.Path, "samples");
        return Directory.Exists(samples) ? Directory.GetFiles(samples).Order(StringComparer.Ordinal).LastOrDefault() : null;
    }
}
