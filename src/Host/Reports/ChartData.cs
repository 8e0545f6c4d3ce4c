using System.Globalization;
using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Host.Reports;

/// <summary>What the page's script draws: charts with their points, and the marks of what happened.</summary>
internal sealed class ChartData(ReportContent content)
{
    private readonly List<Chart> charts = [];

    /// <summary>All that happened, in order; what is marked on the charts with the number of its mark.</summary>
    public static IEnumerable<(RunMoment Moment, int? Number)> Numbered(ReportContent content)
    {
        var number = 0;
        foreach (var moment in content.Timeline)
            yield return (moment, IsMark(moment) ? ++number : null);
    }

    /// <summary>Adds a chart.</summary>
    /// <returns>The number by which its place in the page names it.</returns>
    public int Add(string title, IReadOnlyList<long> iterations, params IReadOnlyList<ChartLine> lines)
    {
        charts.Add(new Chart(title, iterations, lines));
        return charts.Count - 1;
    }

    /// <summary>One JSON document. Angle brackets are escaped in it, so that it cannot end the script element that it stands in.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("iterations", Math.Max(1, content.Summary.Iteration));
            json.WriteStartArray("marks");
            foreach (var (moment, number) in Numbered(content))
                if (number is { } mark)
                    Write(json, mark, moment);
            json.WriteEndArray();
            json.WriteStartArray("charts");
            foreach (var chart in charts)
                Write(json, chart);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static bool IsMark(RunMoment moment) =>
        moment.Event.Kind is RunEventKind.Warning or RunEventKind.Diagnosis or RunEventKind.RolledBack or RunEventKind.Resumed or RunEventKind.Failed;

    private static void Write(Utf8JsonWriter json, int number, RunMoment moment)
    {
        json.WriteStartObject();
        json.WriteNumber("number", number);
        json.WriteNumber("iteration", moment.Event.Iteration);
        json.WriteString("severity", Severities.Of(moment.Event));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Chart chart)
    {
        json.WriteStartObject();
        json.WriteString("title", chart.Title);
        json.WriteStartArray("x");
        foreach (var iteration in chart.Iterations)
            json.WriteNumberValue(iteration);
        json.WriteEndArray();
        json.WriteStartArray("lines");
        foreach (var line in chart.Lines)
        {
            json.WriteStartObject();
            json.WriteString("name", line.Name);
            json.WriteString("role", line.Role.ToString().ToLowerInvariant());
            json.WriteStartArray("values");
            foreach (var value in line.Values)
                Write(json, value);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Six digits are more than a screen shows, and a third of the bytes. What is not finite is a word, what was not measured is null.
    private static void Write(Utf8JsonWriter json, double? value)
    {
        if (value is null)
            json.WriteNullValue();
        else if (double.IsFinite(value.Value))
            json.WriteRawValue(value.Value.ToString("G6", CultureInfo.InvariantCulture));
        else
            json.WriteStringValue(value.Value.ToString(CultureInfo.InvariantCulture));
    }

    private sealed record Chart(string Title, IReadOnlyList<long> Iterations, IReadOnlyList<ChartLine> Lines);
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Role">How it is drawn.</param>
/// <param name="Values">One for each iteration of the chart; null where there is none.</param>
internal sealed record ChartLine(string Name, ChartRole Role, IReadOnlyList<double?> Values);

/// <summary>How a line is drawn.</summary>
internal enum ChartRole
{
    /// <summary>As a line.</summary>
    Curve,

    /// <summary>As a line with its points.</summary>
    Score,

    /// <summary>The lower end of an interval.</summary>
    Low,

    /// <summary>The upper end of an interval.</summary>
    High,

    /// <summary>Dashed: what a score can reach.</summary>
    Floor,
}
