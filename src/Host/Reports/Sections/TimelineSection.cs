using PluginGan.Core;

namespace PluginGan.Host.Reports.Sections;

/// <summary>What happened, in order; what went wrong bears the number of its mark on the curves.</summary>
internal static class TimelineSection
{
    // A healthy training may have learnt grey mush.
    private const string Unfired =
        "No rule of health fired. The rules watch how the training runs, not how good the samples are: the scores and the samples say that.";

    public static Html Of(ReportContent content)
    {
        if (content.Timeline.Count == 0)
            return Html.Of($"""<p class="empty">The run's history is empty.</p>""");
        var found = content.Timeline.Count(moment => moment.Event.Kind == RunEventKind.Diagnosis);
        var diagnoses = found == 0 ? Unfired : $"{found} {(found == 1 ? "diagnosis" : "diagnoses")}.";
        return Html.Of($"""
            <p class="about">{diagnoses}{(ChartData.Numbered(content).Any(numbered => numbered.Number is not null) ? " Numbers are those of the marks on the curves." : "")}</p>
            <ol class="timeline">{ChartData.Numbered(content).Select(numbered => Of(numbered.Moment, numbered.Number))}</ol>
            """);
    }

    private static Html Of(RunMoment moment, int? number)
    {
        var happened = moment.Event;
        return Html.Of($"""
            <li class="{Severities.Of(happened)}{(moment.TakenBack ? " taken-back" : "")}"><span class="mark" aria-hidden="true">{(number is { } mark ? $"{mark}" : "")}</span>
            <div><h3>{Title(happened)} <span class="when">iteration {Texts.Count(happened.Iteration)}</span> <time datetime="{happened.Time.ToString("O")}">{Texts.Time(happened.Time)}</time></h3>
            {Body(happened)}{(moment.TakenBack ? Html.Of($"""<p class="note">The run has since gone back to before this.</p>""") : Html.Empty)}</div></li>
            """);
    }

    private static Html Body(RunEvent happened) => happened switch
    {
        { Kind: RunEventKind.Diagnosis, Diagnosis: { } diagnosis } => Html.Of($"""<p>{diagnosis.Evidence}</p><p class="remedy"><b>Remedy</b> {diagnosis.Remedy}</p>"""),
        { Text.Length: > 0 } => Html.Of($"""<p>{happened.Text}</p>"""),
        _ => Html.Empty,
    };

    private static string Title(RunEvent happened) => happened switch
    {
        { Kind: RunEventKind.Diagnosis, Diagnosis: { } diagnosis } => $"{diagnosis.RuleKey()} ({diagnosis.Severity.ToString().ToLowerInvariant()})",
        { Kind: RunEventKind.RolledBack } => "Rolled back",
        _ => happened.Kind.ToString(),
    };
}
