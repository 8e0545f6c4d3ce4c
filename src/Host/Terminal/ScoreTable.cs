using PluginGan.Host.Measures;
using PluginGan.Training;
using Spectre.Console;

namespace PluginGan.Host.Terminal;

/// <summary>What an evaluation has found, for people.</summary>
internal static class ScoreTable
{
    public static void Write(Screen screen, EvaluationResult result)
    {
        var (floors, intervals) = (result.Scores.Any(score => score.Floor is not null), result.Scores.Any(score => score.Low is not null));
        var table = new Table().AddColumns("metric", "value");
        if (intervals)
            table.AddColumn("95 % interval");
        if (floors)
            table.AddColumn("floor");
        table.AddColumn("better");
        foreach (var score in result.Scores)
        {
            var row = new List<string> { Markup.Escape(score.Metric), TrainingText.Number(score.Value) };
            if (intervals)
                row.Add(score is { Low: { } low, High: { } high } ? $"{TrainingText.Number(low)} to {TrainingText.Number(high)}" : "");
            if (floors)
                row.Add(score.Floor is { } floor ? TrainingText.Number(floor) : "");
            row.Add(ScoreTexts.Direction(score.Direction, score.Reference) ?? "");
            table.AddRow([.. row]);
        }
        screen.Text.Write(table);
        screen.Line($"{result.Samples} generated against {result.Samples} real samples of {result.Dataset}{(result.Split is { } split ? $", split {split}" : "")}, seed {result.Seed}");
        if (floors)
            screen.Line($"floor: {result.FloorOf}");
        foreach (var extractor in result.Extractors)
            screen.Line($"extractor: {extractor}{(ScoreTexts.IsCoarse(extractor.Name) ? $"; {ScoreTexts.Coarse}" : "")}");
        foreach (var skipped in result.Skipped)
            screen.Warning($"not evaluated: {skipped}");
        foreach (var warning in result.Warnings)
            screen.Warning(warning);
    }
}
