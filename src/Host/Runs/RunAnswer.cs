using PluginGan.Core;
using PluginGan.Host.Reports;
using PluginGan.Training;

namespace PluginGan.Host.Runs;

/// <summary>A run as scripts read it.</summary>
internal sealed record RunAnswer(
    string Name, string Path, RunStatus Status, long Iteration, DateTimeOffset? Started, DateTimeOffset? LastEvent,
    IReadOnlyDictionary<string, double> Scalars, IReadOnlyList<ScoreEntry> Scores, IReadOnlyList<WarningEntry> Warnings,
    IReadOnlyList<DiagnosisEntry> Diagnoses, IReadOnlyList<DiagnosisEntry> RollBacks, string? Sheet, string? Generator, string? Report)
{
    public static RunAnswer Of(RunDirectory directory, RunSummary summary) => new(
        directory.Name, directory.Path, summary.Status, summary.Iteration, summary.Started, summary.LastEvent,
        summary.Scalars, summary.Scores, summary.Warnings, summary.Diagnoses, summary.RollBacks, directory.LatestSheet(), IfThere(directory.GeneratorPath), IfThere(ReportFile.DefaultPath(directory)));

    private static string? IfThere(string path) => File.Exists(path) ? path : null;
}
