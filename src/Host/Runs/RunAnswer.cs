using PluginGan.Core;
using PluginGan.Host.Reports;
using PluginGan.Training;

namespace PluginGan.Host.Runs;

/// <summary>A run as scripts read it.</summary>
internal sealed record RunAnswer(
    string Name, string Path, RunStatus Status, long Iteration, DateTimeOffset? Started, DateTimeOffset? LastEvent,
    IReadOnlyDictionary<string, double> Scalars, IReadOnlyList<ScoreEntry> Scores, IReadOnlyList<WarningEntry> Warnings,
    IReadOnlyList<DiagnosisEntry> Diagnoses, IReadOnlyList<DiagnosisEntry> RollBacks, string? Sheet, string? Generator, string? Report,
    string? Resume, IReadOnlyList<string> Missing)
{
    public static RunAnswer Of(RunDirectory directory, RunSummary summary) => new(
        directory.Name, directory.Path, summary.Status, summary.Iteration, summary.Started, summary.LastEvent,
        summary.Scalars, summary.Scores, summary.Warnings, summary.Diagnoses, summary.RollBacks, directory.LatestSheet(),
        IfThere(directory.GeneratorPath), IfThere(ReportFile.DefaultPath(directory)),
        directory.Missing.Count == 0 && summary.Status is RunStatus.Stopped or RunStatus.Interrupted or RunStatus.Failed ? HowToResume(directory) : null,
        directory.Missing);

    /// <summary>The command that continues a run, from the working folder.</summary>
    public static string HowToResume(RunDirectory directory) =>
        $"plugingan train --resume {System.IO.Path.GetRelativePath(Environment.CurrentDirectory, directory.Path)}";

    private static string? IfThere(string path) => File.Exists(path) ? path : null;
}
