namespace PluginGan.Host.Reports.Sections;

/// <summary>The scores: the last ones in a table with what they must be seen against, and their course.</summary>
internal static class ScoresSection
{
    public static Html Of(ReportContent content, ChartData charts)
    {
        if (content.Evaluations is not [.., var last])
            return Html.Of($"""<p class="empty">The run has not been evaluated.</p>""");
        var metrics = content.Evaluations.SelectMany(evaluation => evaluation.Scores).Select(score => score.Metric).Distinct().ToArray();
        return Html.Of($"""
            <div class="wide"><table>
            <caption>After iteration {Texts.Count(last.Iteration)}{Circumstances(last)}</caption>
            <thead><tr><th scope="col">Metric</th><th scope="col">Better</th><th scope="col" class="number">Score</th><th scope="col" class="number">Interval</th><th scope="col" class="number">Floor</th><th scope="col" class="number">Best</th><th scope="col">Extractor</th></tr></thead>
            <tbody>{last.Scores.Select(score => Row(content, last, score))}</tbody>
            </table></div>
            {(last.FloorOf is { } floor ? Html.Of($"""<p class="about">Floor: {floor}.</p>""") : Html.Empty)}
            {last.Skipped.Select(skip => Html.Of($"""<p class="about">{skip.Evaluator} was not measured: {skip.Reason}</p>"""))}
            {(content.Evaluations.Count > 1 ? Html.Of($"""<div class="charts small">{metrics.Select(metric => Course(content, metric, charts))}</div>""") : Html.Empty)}
            {(content.Evaluations.Count > 1 ? All(content, metrics) : Html.Empty)}
            {Extractors(last)}
            """);
    }

    private static string Circumstances(EvaluationFile evaluation)
    {
        var known = new List<string>();
        if (evaluation.Samples is { } samples)
            known.Add($"{Texts.Count(samples)} samples");
        if (evaluation.Dataset is { } dataset)
            known.Add(dataset.ValueKind == System.Text.Json.JsonValueKind.String ? dataset.GetString()! : dataset.GetRawText());
        if (evaluation.Split is { } split)
            known.Add($"split {split}");
        if (evaluation.Seed is { } seed)
            known.Add($"seed {seed}");
        return known.Count == 0 ? "" : $": {string.Join(", ", known)}";
    }

    private static Html Row(ReportContent content, EvaluationFile last, EvaluationFile.Score score)
    {
        var extractor = ExtractorOf(last, score.Metric);
        return Html.Of($"""
            <tr><th scope="row">{score.Metric}<small>{score.Summary}</small></th>
            <td>{Direction(score.HigherIsBetter)}</td>
            <td class="number strong">{Texts.Number(score.Value)}</td>
            <td class="number">{(score is { Low: { } low, High: { } high } ? $"{Texts.Number(low)} to {Texts.Number(high)}" : "–")}</td>
            <td class="number">{(score.Floor is { } floor ? Texts.Number(floor) : "–")}</td>
            <td class="number">{Best(content, score)}</td>
            <td>{(extractor is null ? Html.Of($"–") : Html.Of($"""{extractor.Name}<small><code title="{extractor.Sha256}">{Short(extractor.Sha256)}</code></small>"""))}</td></tr>
            """);
    }

    private static string Direction(bool? higherIsBetter) => higherIsBetter switch { true => "↑ higher", false => "↓ lower", null => "–" };

    private static string Best(ReportContent content, EvaluationFile.Score score)
    {
        if (score.HigherIsBetter is not { } higher)
            return "–";
        var finite = Scores(content, score.Metric).Where(entry => entry.Score is { } found && double.IsFinite(found.Value)).ToArray();
        if (finite.Length == 0)
            return "–";
        var (iteration, best) = higher ? finite.MaxBy(entry => entry.Score!.Value) : finite.MinBy(entry => entry.Score!.Value);
        return $"{Texts.Number(best!.Value)} at {Texts.Count(iteration)}";
    }

    private static IEnumerable<(long Iteration, EvaluationFile.Score? Score)> Scores(ReportContent content, string metric) =>
        content.Evaluations.Select(evaluation => (evaluation.Iteration, evaluation.Scores.FirstOrDefault(score => score.Metric == metric)));

    private static Html Course(ReportContent content, string metric, ChartData charts)
    {
        var scores = Scores(content, metric).ToArray();
        var lines = new List<ChartLine> { new(metric, ChartRole.Score, [.. scores.Select(entry => entry.Score?.Value)]) };
        if (scores.Any(entry => entry.Score?.Floor is not null))
            lines.Add(new ChartLine("floor", ChartRole.Floor, [.. scores.Select(entry => entry.Score?.Floor)]));
        if (scores.Any(entry => entry.Score is { Low: not null, High: not null }))
        {
            lines.Add(new ChartLine("upper end of the interval", ChartRole.High, [.. scores.Select(entry => entry.Score?.High)]));
            lines.Add(new ChartLine("lower end of the interval", ChartRole.Low, [.. scores.Select(entry => entry.Score?.Low)]));
        }
        var chart = charts.Add(metric, [.. scores.Select(entry => entry.Iteration)], lines);
        var direction = scores.Select(entry => entry.Score?.HigherIsBetter).FirstOrDefault(known => known is not null) switch { true => "Higher is better.", false => "Lower is better.", null => "" };
        return ChartFigure.Of(chart, metric, direction, $"{metric} by iteration: {string.Join(", ", scores.Where(entry => entry.Score is not null).Select(entry => $"{Texts.Number(entry.Score!.Value)} at {entry.Iteration}"))}");
    }

    private static Html All(ReportContent content, string[] metrics) => Html.Of($"""
        <details><summary>All {content.Evaluations.Count} evaluations</summary>
        <div class="wide"><table><thead><tr><th scope="col" class="number">Iteration</th>{metrics.Select(metric => Html.Of($"""<th scope="col" class="number">{metric}</th>"""))}</tr></thead>
        <tbody>{content.Evaluations.Select(evaluation => Html.Of($"""<tr><th scope="row" class="number">{Texts.Count(evaluation.Iteration)}</th>{metrics.Select(metric => Cell(evaluation, metric))}</tr>"""))}</tbody></table></div>
        </details>
        """);

    private static Html Cell(EvaluationFile evaluation, string metric) =>
        Html.Of($"""<td class="number">{(evaluation.Scores.FirstOrDefault(score => score.Metric == metric) is { } found ? Texts.Number(found.Value) : "–")}</td>""");

    private static Html Extractors(EvaluationFile last) => last.Extractors.Count == 0 ? Html.Empty : Html.Of($"""
        <details><summary>Feature extractors</summary><div class="wide"><table>
        <thead><tr><th scope="col">Extractor</th><th scope="col">Preparation</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>{last.Extractors.Select(extractor => Html.Of($"""<tr><th scope="row">{extractor.Name}</th><td>{extractor.Preparation ?? "–"}</td><td><code>{extractor.Sha256 ?? "–"}</code></td></tr>"""))}</tbody>
        </table></div></details>
        """);

    // A metric names its extractor in brackets: fid[lenet-fashion].
    private static EvaluationFile.Extractor? ExtractorOf(EvaluationFile evaluation, string metric) =>
        evaluation.Extractors.FirstOrDefault(extractor => metric.Contains($"[{extractor.Name}]", StringComparison.Ordinal));

    private static string Short(string? hash) => hash is { Length: > 12 } ? hash[..12] : hash ?? "";
}
