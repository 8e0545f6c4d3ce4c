using System.Text;

namespace PluginGan.Bench.Results;

/// <summary>Measurements as Markdown tables.</summary>
internal static class ResultTables
{
    private const int SheetsInARow = 3;

    /// <summary>A section for each machine and day.</summary>
    /// <param name="files">The results.</param>
    /// <param name="place">The folder of the files, as the document that the sections stand in sees it; null leaves out pictures.</param>
    public static string Sections(IEnumerable<ResultFile> files, string? place = null) =>
        string.Join("\n", files.GroupBy(file => $"### {Machines(file)}, {file.Date:yyyy-MM-dd}").Select(day => $"{day.Key}\n\n{string.Join("\n", day.Select(file => Section(file, place)))}"));

    /// <summary>The tables of some measurements, one for each group.</summary>
    public static string Tables(IReadOnlyList<Measurement> measurements) =>
        string.Join("\n", measurements.GroupBy(measurement => measurement.Group).Select(group => Table(group.Key, [.. group])));

    private static string Section(ResultFile file, string? place) =>
        $"{Commands(file)}, {string.Join(", ", file.Versions.Select(version => $"{version.Key} {version.Value}"))}\n\n{(file.Note is null ? "" : $"{file.Note}\n\n")}{Tables(file.Measurements)}{(place is null ? "" : Sheets(file, place))}";

    // Of a study that was run in several goes.
    private static string Machines(ResultFile file) => Distinct(file, run => run.Machine, file.Machine.Text, " and ");

    private static string Commands(ResultFile file) => $"`{Distinct(file, run => run.Command, file.Command, "`, `")}`";

    private static string Distinct(ResultFile file, Func<SeedRun, string> part, string whole, string separator) =>
        file.Runs is { Count: > 0 } runs ? string.Join(separator, runs.Select(part).Distinct()) : whole;

    // Side by side, under their names.
    private static string Sheets(ResultFile file, string place) =>
        string.Concat((file.Runs ?? []).Where(run => run.Sheet is not null).Chunk(SheetsInARow).Select(row =>
            $"\n| {string.Join(" | ", row.Select(run => $"{run.Variant}, seed {run.Seed}"))} |\n|{string.Concat(row.Select(_ => "---|"))}\n| {string.Join(" | ", row.Select(run => $"![{run.Variant}]({place}/{run.Sheet})"))} |\n"));

    private static string Table(string group, IReadOnlyList<Measurement> measurements) =>
        measurements.Any(measurement => measurement.Column is not null) ? Wide(group, measurements) : Narrow(group, measurements);

    // A row for each thing, a column for each quantity, in the order in which they come; what a paper says stands behind ours.
    private static string Wide(string group, IReadOnlyList<Measurement> measurements)
    {
        var columns = Columns(measurements);
        var table = new StringBuilder();
        table.Append($"| {group} | {string.Join(" | ", columns)} |\n");
        table.Append($"|---|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (var row in measurements.GroupBy(measurement => measurement.Name))
            table.Append($"| {row.Key} | {string.Join(" | ", columns.Select(column => Cell(row.FirstOrDefault(measurement => Heading(measurement) == column))))} |\n");
        return table.ToString();
    }

    // In the order of the rows: what only later rows have stands where it stands among theirs.
    private static List<string> Columns(IReadOnlyList<Measurement> measurements)
    {
        var columns = new List<string>();
        foreach (var row in measurements.GroupBy(measurement => measurement.Name))
        {
            var place = 0;
            foreach (var heading in row.Select(Heading))
            {
                if (!columns.Contains(heading))
                    columns.Insert(place, heading);
                place = columns.IndexOf(heading) + 1;
            }
        }
        return columns;
    }

    private static string Heading(Measurement measurement) => $"{measurement.Column}{(measurement.Unit.Length > 0 ? $", {measurement.Unit}" : "")}";

    private static string Cell(Measurement? measurement) =>
        measurement is null ? "" : $"{Spread(measurement)}{(measurement.Published is { } published ? $" (published {published.Text})" : "")}";

    private static string Spread(Measurement measurement) => measurement.Values.Count == 1 || measurement.Summary != Summary.Mean
        ? Statistics.Format(measurement.Centre)
        : $"{Statistics.Format(measurement.Centre)} ± {Statistics.Format(Statistics.StandardError(measurement.Values))}";

    private static string Narrow(string group, IReadOnlyList<Measurement> measurements)
    {
        var demanded = measurements.Any(measurement => measurement.Demanded is not null);
        var published = measurements.Any(measurement => measurement.Published is not null);
        var table = new StringBuilder();
        var values = measurements.All(measurement => measurement.Values.Count == 1) ? "value" : measurements[0].Summary == Summary.Mean ? "mean ± standard error" : "median (quartiles)";
        table.Append($"| {group} | {values} |{(published ? " published |" : "")}{(demanded ? " demanded |" : "")}\n");
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
            ? $"{Spread(measurement)}{(measurement.Unit.Length > 0 ? $" {measurement.Unit}" : "")}, n = {values.Count}"
            : $"{text} ({Statistics.Format(Statistics.Quantile(values, 0.25))} to {Statistics.Format(Statistics.Quantile(values, 0.75))}), n = {values.Count}";
    }

    private static string Share(Measurement measurement, IEnumerable<Measurement> group) =>
        group.FirstOrDefault(other => other.Name == measurement.PartOf) is { } whole ? $", {Statistics.Format(100 * measurement.Centre / whole.Centre)} %" : "";

    private static string Verdict(Measurement measurement) => measurement.Demanded is not { } demand
        ? ""
        : $"{demand.Text}: {(demand.IsMetBy(measurement.Centre) ? "met" : "**not met**")}";
}
