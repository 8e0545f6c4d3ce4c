using System.Text.Json;
using PluginGan.Host.Measures;

namespace PluginGan.Host.Reports.Sections;

/// <summary>The scores of one evaluation with what they must be seen against. Columns about which nothing is known are left out.</summary>
internal static class ScoreTable
{
    public static Html Of(ReportContent content, EvaluationFile evaluation)
    {
        Column[] columns =
        [
            new("Better", false, score => Text(Direction(score))),
            new("Score", true, score => Html.Of($"<b>{Texts.Number(score.Value)}</b>")),
            new("Interval", true, score => Text(score is { Low: { } low, High: { } high } ? $"{Texts.Number(low)} to {Texts.Number(high)}" : null)),
            new("Floor", true, score => Text(score.Floor is { } floor ? Texts.Number(floor) : null)),
            new("Best", true, score => Text(Best(content, score))),
            new("Extractor", false, score => Extractor(evaluation, score.Metric)),
        ];
        var known = columns.Where(column => evaluation.Scores.Any(score => column.Cell(score) is not null)).ToArray();
        return Html.Of($"""
            <div class="wide"><table>
            <caption>After iteration {Texts.Count(evaluation.Iteration)}{Circumstances(evaluation)}</caption>
            <thead><tr><th scope="col">Metric</th>{known.Select(column => Html.Of($"""<th scope="col"{column.Style}>{column.Title}</th>"""))}</tr></thead>
            <tbody>{evaluation.Scores.Select(score => Html.Of($"""<tr><th scope="row">{score.Metric}<small>{score.Summary}</small></th>{known.Select(column => Html.Of($"""<td{column.Style}>{column.Cell(score) ?? Text("–")}</td>"""))}</tr>"""))}</tbody>
            </table></div>
            """);
    }

    private static Html? Text(string? text) => text is null ? null : Html.Of($"{text}");

    private static string Circumstances(EvaluationFile evaluation)
    {
        var known = new List<string>();
        if (evaluation.Samples is { } samples)
            known.Add($"{Texts.Count(samples)} samples");
        if (evaluation.Dataset is { } dataset)
            known.Add(dataset.ValueKind == JsonValueKind.String ? dataset.GetString()! : dataset.GetRawText());
        if (evaluation.Split is { } split)
            known.Add($"split {split}");
        if (evaluation.Seed is { } seed)
            known.Add($"seed {seed}");
        return known.Count == 0 ? "" : $": {string.Join(", ", known)}";
    }

    private static string? Direction(EvaluationFile.Score score)
    {
        var mark = score.Direction switch
        {
            MetricDirection.Higher => "↑\u00A0",
            MetricDirection.Lower => "↓\u00A0",
            _ => "≈\u00A0",
        };
        return ScoreTexts.Direction(score.Direction, score.Reference) is { } text ? mark + text : null;
    }

    private static string? Best(ReportContent content, EvaluationFile.Score score)
    {
        var finite = ScoresSection.Scores(content, score.Metric).Where(entry => entry.Score is { } found && double.IsFinite(found.Value)).ToArray();
        if (score.Direction is not (MetricDirection.Higher or MetricDirection.Lower) || finite.Length == 0)
            return null;
        var (iteration, best) = score.Direction == MetricDirection.Higher ? finite.MaxBy(entry => entry.Score!.Value) : finite.MinBy(entry => entry.Score!.Value);
        return $"{Texts.Number(best!.Value)} at {Texts.Count(iteration)}";
    }

    // A metric names its extractor in brackets: fid[lenet-fashion].
    private static Html? Extractor(EvaluationFile evaluation, string metric) =>
        evaluation.Extractors.FirstOrDefault(extractor => metric.Contains($"[{extractor.Name}]", StringComparison.Ordinal)) is { } found
            ? Html.Of($"""{found.Name}<small><code title="{found.Sha256}">{(found.Sha256 is { Length: > 12 } hash ? hash[..12] : found.Sha256)}</code></small>{Coarse(found.Name)}""")
            : null;

    private static Html Coarse(string extractor) =>
        ScoreTexts.IsCoarse(extractor) ? Html.Of($"<small>{ScoreTexts.Coarse}</small>") : Html.Empty;

    private sealed record Column(string Title, bool IsNumber, Func<EvaluationFile.Score, Html?> Cell)
    {
        public Html Style => Html.Trusted(IsNumber ? " class=\"number\"" : "");
    }
}
