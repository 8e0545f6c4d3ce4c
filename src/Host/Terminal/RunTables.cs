using PluginGan.Core;
using PluginGan.Host.Runs;
using Spectre.Console;

namespace PluginGan.Host.Terminal;

/// <summary>Runs and scores as tables.</summary>
internal static class RunTables
{
    /// <summary>Each metric after its first and its last evaluation.</summary>
    public static void Scores(Screen screen, RunSummary summary)
    {
        if (summary.Scores.Count == 0)
            return;
        var (first, last) = (summary.Scores[0], summary.Scores[^1]);
        var table = new Table().AddColumns("metric", $"iteration {first.Iteration}", $"iteration {last.Iteration}");
        foreach (var (name, value) in last.Values)
            table.AddRow(Markup.Escape(name), first.Values.TryGetValue(name, out var start) ? TrainingText.Number(start) : "", TrainingText.Number(value));
        screen.Text.Write(table);
    }

    public static void List(Screen screen, IReadOnlyList<RunAnswer> runs)
    {
        var table = new Table().AddColumns("run", "status", "iteration", "last event", "last score");
        foreach (var run in runs)
        {
            var score = run.Scores.Count == 0 ? "" : string.Join("  ", run.Scores[^1].Values.Take(1).Select(value => $"{value.Key} {TrainingText.Number(value.Value)}"));
            table.AddRow(Markup.Escape(run.Name), run.Missing.Count > 0 ? "incomplete" : Status(run.Status), $"{run.Iteration}", $"{run.LastEvent:yyyy-MM-dd HH:mm:ss}", Markup.Escape(score));
        }
        screen.Text.Write(table);
        foreach (var run in runs.Where(run => run.Missing.Count > 0))
            screen.Line($"{run.Name} lacks {string.Join(" and ", run.Missing)}: put back a copy");
        foreach (var run in runs.Where(run => run.Status == RunStatus.Stopped && run.Missing.Count == 0))
            screen.Line($"{run.Name} stopped: its process ended without finishing it{LastHeard(run)}; continue with {run.Resume}");
    }

    public static string Status(RunStatus status) => status.ToString().ToLowerInvariant();

    private static string LastHeard(RunAnswer run) => run.LastEvent is { } last ? $", last event {last:yyyy-MM-dd HH:mm:ss}" : "";

    public static void Show(Screen screen, RunAnswer run, RunSummary summary)
    {
        var grid = new Grid().AddColumns(2);
        void Row(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        }
        Row("run", run.Name);
        Row("folder", run.Path);
        Row("status", run.Status == RunStatus.Stopped ? "stopped: its process ended without finishing it" : Status(run.Status));
        Row("continue with", run.Resume);
        Row("iteration", $"{run.Iteration}");
        Row("started", $"{run.Started:yyyy-MM-dd HH:mm:ss}");
        Row("last event", $"{run.LastEvent:yyyy-MM-dd HH:mm:ss}");
        foreach (var (name, value) in run.Scalars)
            Row(name, TrainingText.Number(value));
        Row("sample sheet", run.Sheet);
        Row("generator", run.Generator);
        Row("report", run.Report);
        foreach (var entry in run.Diagnoses)
            Row(entry.Diagnosis.Severity.ToString().ToLowerInvariant(), $"iteration {entry.Iteration}: {entry.Diagnosis.Describe()}");
        foreach (var entry in run.RollBacks)
            Row("rolled back", $"to iteration {entry.Iteration}, for {entry.Diagnosis.Describe()}");
        foreach (var warning in run.Warnings)
            Row("warning", $"iteration {warning.Iteration}: {warning.Text}");
        screen.Text.Write(grid);
        Scores(screen, summary);
    }
}
