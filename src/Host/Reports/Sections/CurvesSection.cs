using PluginGan.Core;

namespace PluginGan.Host.Reports.Sections;

/// <summary>All scalars as curves, those of one meaning together.</summary>
internal static class CurvesSection
{
    public static Html Of(ReportContent content, ChartData charts)
    {
        if (content.Curves.Count == 0)
            return Html.Of($"""<p class="empty">No scalars have been logged.</p>""");
        var still = content.Curves.Where(StandsStill).ToArray();
        return Html.Of($"""
            {ChartFigure.Tools}
            <div class="charts">{content.Curves.Except(still).Select(group => Of(group, charts))}</div>
            {still.Select(group => Html.Of($"""<p class="about"><b>{group.Title}</b> stood still throughout: {string.Join(", ", group.Curves.Select(curve => $"{curve.Name} = {Texts.Number(curve.Values[0]!.Value)}"))}.</p>"""))}
            """);
    }

    private static Html Of(CurveGroup group, ChartData charts)
    {
        var chart = charts.Add(group.Title, group.Iterations, [.. group.Curves.Select(curve => new ChartLine(curve.Name, ChartRole.Curve, curve.Values))]);
        return ChartFigure.Of(chart, group.Title, group.About, $"{group.Title} by iteration: {string.Join("; ", group.Curves.Select(Course))}");
    }

    // What a line shows, for those who cannot see it.
    private static string Course(Curve curve)
    {
        var finite = curve.Values.Where(value => value is { } number && double.IsFinite(number)).Select(value => value!.Value).ToArray();
        return finite.Length == 0
            ? $"{curve.Name} is never finite"
            : $"{curve.Name} from {Texts.Number(finite[0])} to {Texts.Number(finite[^1])}, between {Texts.Number(finite.Min())} and {Texts.Number(finite.Max())}";
    }

    private static bool StandsStill(CurveGroup group) => group.Iterations.Count > 1 && group.Curves.All(curve =>
        curve.Values[0] is { } first && double.IsFinite(first) && curve.Values.All(value => value == first));
}
