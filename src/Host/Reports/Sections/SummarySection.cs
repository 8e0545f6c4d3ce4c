using PluginGan.Core;

namespace PluginGan.Host.Reports.Sections;

/// <summary>The head of the page: which run, how it ended, and its main figures.</summary>
internal static class SummarySection
{
    public static Html Of(ReportContent content)
    {
        var (summary, recipe) = (content.Summary, content.Recipe);
        var status = Texts.Status(summary.Status);
        return Html.Of($"""
            <header>
            <p class="eyebrow">PluginGan training report</p>
            <h1>{recipe.Name ?? content.Name} <span class="status {status}">{status}</span></h1>
            <p class="run">{content.Name}</p>
            <p class="parts">{recipe.Components.Select(part => Html.Of($"""<span><span class="part">{part.Part}</span> {part.Component}</span>"""))}</p>
            {Ending(content)}
            <dl class="figures">{Figures(content).Select(figure => Html.Of($"""<div><dt>{figure.Name}</dt><dd>{figure.Value}<small>{figure.Detail}</small></dd></div>"""))}</dl>
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
        foreach (var score in content.Evaluations is [.., var last] ? last.Scores.Take(2) : [])
            yield return (Short(score.Metric), Texts.Number(score.Value), score.Floor is { } floor ? $"floor {Texts.Number(floor)}" : "at the end");
    }

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
