using PluginGan.Host.Measures;

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
            {ScoreTable.Of(content, last)}
            {(last.FloorOf is { Length: > 0 } floor ? Html.Of($"""<p class="about">Floor: {floor}.</p>""") : Html.Empty)}
            {last.Skipped.Select(skip => Html.Of($"""<p class="about">{skip.Evaluator} was not measured: {skip.Reason}</p>"""))}
            {last.Warnings.Select(warning => Html.Of($"""<p class="about">Warning: {warning}</p>"""))}
            {(content.Evaluations.Count > 1 ? Html.Of($"""<div class="charts small">{metrics.Select(metric => Course(content, metric, charts))}</div>""") : Html.Empty)}
            {(content.Evaluations.Count > 1 ? All(content, metrics) : Html.Empty)}
            {Extractors(last)}
            """);
    }

    /// <summary>The scores of a metric by iteration; null where it was not measured.</summary>
    public static IEnumerable<(long Iteration, EvaluationFile.Score? Score)> Scores(ReportContent content, string metric) =>
        content.Evaluations.Select(evaluation => (evaluation.Iteration, evaluation.Scores.FirstOrDefault(score => score.Metric == metric)));

    private static Html Course(ReportContent content, string metric, ChartData charts)
    {
        var scores = Scores(content, metric).ToArray();
        var lines = new List<ChartLine> { new("score", ChartRole.Score, [.. scores.Select(entry => entry.Score?.Value)]) };
        if (scores.Any(entry => entry.Score?.Floor is not null))
            lines.Add(new ChartLine("floor", ChartRole.Floor, [.. scores.Select(entry => entry.Score?.Floor)]));
        if (scores.Any(entry => entry.Score is { Low: not null, High: not null }))
        {
            lines.Add(new ChartLine("upper end of the interval", ChartRole.High, [.. scores.Select(entry => entry.Score?.High)]));
            lines.Add(new ChartLine("lower end of the interval", ChartRole.Low, [.. scores.Select(entry => entry.Score?.Low)]));
        }
        var chart = charts.Add(metric, [.. scores.Select(entry => entry.Iteration)], lines);
        var known = scores.Select(entry => entry.Score).LastOrDefault(score => score?.Direction is not null);
        var direction = known?.Direction switch
        {
            MetricDirection.Higher => "Higher is better.",
            MetricDirection.Lower => "Lower is better.",
            MetricDirection.NearReference => $"Good {ScoreTexts.Direction(known.Direction, known.Reference)}.",
            _ => "",
        };
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
        <tbody>{last.Extractors.Select(extractor => Html.Of($"""<tr><th scope="row">{extractor.Name}</th><td>{(extractor.Preparation is { Length: > 0 } preparation ? preparation : "none")}</td><td><code>{extractor.Sha256 ?? "–"}</code></td></tr>"""))}</tbody>
        </table></div></details>
        """);
}
