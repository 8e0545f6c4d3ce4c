using PluginGan.Core;
using PluginGan.Host.Measures;

namespace PluginGan.Host.Reports.Sections;

/// <summary>The head of the page: which run, how it ended, and its main figures.</summary>
internal static class SummarySection
{
    public static Html Of(ReportContent content)
    {
        var (summary, recipe) = (content.Summary, content.Recipe);
        var last = content.Evaluations is [.., var evaluation] ? evaluation : null;
        var scores = (last?.Scores ?? []).Select(score => new MeasuredScore(score.Metric, score.Direction, score.Value, score.Floor));
        var headline = Headline.Of([.. scores]);
        var status = Texts.Status(summary.Status);
        return Html.Of($"""
            <header>
            <p class="eyebrow">PluginGan training report</p>
            <h1>{recipe.Name ?? content.Name} <span class="status {status}">{status}</span></h1>
            <p class="run">{content.Name}</p>
            <p class="parts">{recipe.Components.Select(part => Html.Of($"""<span><span class="part">{part.Part}</span> {part.Component}</span>"""))}</p>
            {Ending(content)}
            {Suspicion(last, headline)}
            <dl class="figures">{Figures(content).Concat(Scores(last, headline)).Select(Cell)}</dl>
            </header>
            """);
    }

    private static IEnumerable<(string Name, string Value, string Detail)> Figures(ReportContent content)
    {
        var (summary, recipe) = (content.Summary, content.Recipe);
        yield return ("Iterations", Texts.Count(summary.Iteration), recipe.Iterations is { } wanted ? $"of {Texts.Count(wanted)}" : "");
        if (recipe.Batch is { } batch)
            yield return ("Samples shown", $"{Texts.Number(summary.Iteration * batch / 1000.0)}", "kimg");
        yield return ("Time", Texts.Span(content.TimeSpent), content.TimeSpent.TotalSeconds > 0 && summary.Iteration > 0 ? $"{Texts.Number(summary.Iteration / content.TimeSpent.TotalSeconds)} iterations/s" : "");
        if (content.Manifest is { } manifest)
            yield return ("Device", manifest.Device, $"{manifest.Threads} {(manifest.Threads == 1 ? "thread" : "threads")}{(recipe.Precision is { } precision ? $", {precision}" : "")}");
        if (recipe.Seed is { } seed)
            yield return ("Seed", $"{seed}", "");
    }

    private static IEnumerable<(string Name, string Value, string Detail)> Scores(EvaluationFile? last, Headline headline)
    {
        foreach (var metric in headline.Metrics)
        {
            var score = Score(last!, metric);
            var floor = score.Floor is { } known ? $"floor {Texts.Number(known)}" : "no floor";
            yield return (Short(metric), Texts.Number(score.Value), Headline.IsCoarse(metric) ? $"{floor}, coarse" : floor);
        }
        if (headline.Metrics.Count == 0 && last is not null)
            yield return ("Scores", "–", "none says how good the samples are");
    }

    // Each of the two figures looks good or harmless without the other.
    private static Html Suspicion(EvaluationFile? last, Headline headline)
    {
        if (headline is not { Crowded: { } crowded, Lacking: { } lacking })
            return Html.Empty;
        var (density, share) = (Score(last!, crowded), Score(last!, lacking));
        return Html.Of($"""
            <p class="ending warning" role="note">
            Suspicious: {Short(crowded)} is {Texts.Number(density.Value)}, far above {Texts.Number(density.Floor ?? 1)} of real samples, while {Short(lacking)} is {Texts.Number(share.Value)}.
            The generated samples crowd in a small part of the data and leave most of it out;
            a high precision or density is no sign of quality here.</p>
            """);
    }

    private static Html Cell((string Name, string Value, string Detail) figure) =>
        Html.Of($"""<div><dt>{figure.Name}</dt><dd>{figure.Value}<small>{figure.Detail}</small></dd></div>""");

    private static EvaluationFile.Score Score(EvaluationFile evaluation, string metric) =>
        evaluation.Scores.First(score => score.Metric == metric);

    // Without the extractor that it names in brackets.
    private static string Short(string metric) => metric.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket ? metric[..bracket] : metric;

    // Why a run ended is the first thing to know of one that did not finish.
    private static Html Ending(ReportContent content)
    {
        if (content.Timeline is [.., { Event: { Kind: RunEventKind.Failed, Text: { Length: > 0 } reason } }])
            return Html.Of($"""<p class="ending critical" role="note">{reason}</p>""");
        if (content.Summary.Status != RunStatus.Stopped)
            return Html.Empty;
        var last = content.Summary.LastEvent is { } time ? $" Its last event is of {Texts.Time(time)}." : "";
        return Html.Of($"""
            <p class="ending warning" role="note">The process of this run ended without finishing it.{last} Continue with
            <code>plugingan train --resume {content.Name}</code></p>
            """);
    }
}
