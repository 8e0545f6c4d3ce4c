using System.Text;

namespace PluginGan.Bench.Results;

/// <summary>Measurements as Markdown tables.</summary>
internal static class ResultTables
{
    /// <summary>A section for each machine and day.</summary>
    public static string Sections(IEnumerable<ResultFile> files) =>
        string.Join("\n", files.GroupBy(file => $"### {file.Machine.Text}, {file.Date:yyyy-MM-dd}").Select(day => $"{day.Key}\n\n{string.Join("\n", day.Select(Section))}"));

    /// <summary>The tables of some measurements, one for each group.</summary>
    public static string Tables(IReadOnlyList<Measurement> measurements) =>
        string.Join("\n", measurements.GroupBy(measurement => measurement.Group).Select(group => Table(group.Key, [.. group])));

    private static string Section(ResultFile file) =>
        $"`{file.Command}`, {string.Join(", ", file.Versions.Select(version => $"{version.Key} {version.Value}"))}\n\n{(file.Note is null ? "" : $"{file.Note}\n\n")}{Tables(file.Measurements)}";

    private static string Table(string group, IReadOnlyList<Measurement> measurements)
    {
        var demanded = measurements.Any(measurement => measurement.Demanded is not null);
        var published = measurements.Any(measurement => measurement.Published is not null);
        var table = new StringBuilder();
        table.Append($"| {group} | {(measurements[0].Summary == Summary.Mean ? "mean ± standard error" : "median (quartiles)")} |{(published ? " published |" : "")}{(demanded ? " demanded |" : "")}\n");
        table.Append($"|---|---|{(published ? "---|" : "")}{(demanded ? "---|" : "")}\n");
        foreach (var measurement in measurements)
        {
            table.Append($"| {measurement.Name} | {Value(measurement)}{Share(measurement, measurements)} |");
            table.Append($"{(published ? $" {measurement.Published?.Text} |" : "")}{(demanded ? $" {Verdict(measurement)} |" : "")}\n");
        }
        return table.ToString();
    }

    private static string Value(Measurement measurement)
    {
        var values = measurement.Values;
        var text = $"{Statistics.Format(measurement.Centre)}{(measurement.Unit.Length > 0 ? $" {measurement.Unit}" : "")}";
        if (values.Count == 1)
            return text;
        return measurement.Summary == Summary.Mean
            ? $"{Statistics.Format(measurement.Centre)} ± {Statistics.Format(Statistics.StandardError(values))}{(measurement.Unit.Length > 0 ? $" {measurement.Unit}" : "")}, n = {values.Count}"
            : $"{text} ({Statistics.Format(Statistics.Quantile(values, 0.25))} to {Statistics.Format(Statistics.Quantile(values, 0.75))}), n = {values.Count}";
    }

    private static string Share(Measurement measurement, IEnumerable<Measurement> group) =>
        group.FirstOrDefault(other => other.Name == measurement.PartOf) is { } whole ? $", {Statistics.Format(100 * measurement.Centre / whole.Centre)} %" : "";

    private static string Verdict(Measurement measurement) => measurement.Demanded is not { } demand
        ? ""
        : $"{demand.Text}: {(demand.IsMetBy(measurement.Centre) ? "met" : "**not met**")}";
}
