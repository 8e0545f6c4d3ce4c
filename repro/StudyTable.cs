using PluginGan.Bench.Results;

namespace PluginGan.Repro;

/// <summary>The runs of a study as the table of its paper: a row for each variant, ours beside what was published.</summary>
internal static class StudyTable
{
    /// <summary>The row of a variant, a cell for each quantity, and after it what is demanded of its runs; nothing for a variant that was not run.</summary>
    /// <param name="study">The study.</param>
    /// <param name="variant">One of its variants.</param>
    /// <param name="runs">The runs of the variant.</param>
    public static IEnumerable<Measurement> Rows(Study study, Study.Variant variant, IReadOnlyList<SeedRun> runs)
    {
        if (runs.Count == 0)
            yield break;
        var finished = runs.Where(run => run.Scores is not null).ToList();
        yield return Cell("runs", "", [runs.Count]);
        // A run that failed was broken off before, and has kept nothing.
        yield return Cell("iterations", "", [runs.Max(run => run.Iterations)]);
        if (finished.Count < runs.Count)
            yield return Cell("failed", "", [runs.Count - finished.Count]);
        foreach (var metric in study.Metrics)
        {
            if (Values(metric) is { Count: > 0 } values)
                yield return Cell(metric.Label, metric.Unit, values) with { Published = variant.Published.GetValueOrDefault(metric.Name) is { } paper ? new Published(paper[0], paper.Length > 1 ? paper[1] : null) : null };
        }
        if (Known(run => run.SecondsPerKimg) is { Count: > 0 } costs)
            yield return Cell("cost", "s/kimg", costs);
        if (study.Minutes is not null && Known(run => run.TrainingMinutes) is { Count: > 0 } trained)
            yield return Cell("trained", "min", trained);
        if (Known(run => run.Minutes) is { Count: > 0 } minutes)
            yield return Cell("whole run", "min", minutes);
        foreach (var bound in variant.Demanded)
        {
            var metric = study.Metrics.Single(metric => metric.Name == bound.Metric);
            var share = 100.0 * Values(metric).Count(bound.Holds) / runs.Count;
            var limits = new[] { bound.AtLeast is { } least ? $"≥ {Statistics.Format(least)}" : null, bound.AtMost is { } most ? $"≤ {Statistics.Format(most)}" : null };
            yield return new Measurement($"{variant.Table}: demanded", $"{variant.Label}, {metric.Label} {string.Join(" and ", limits.OfType<string>())}: runs of {runs.Count}", "%", [share])
            {
                Summary = Summary.Mean,
                Demanded = new Demand(AtLeast: bound.Share),
            };
        }

        Measurement Cell(string column, string unit, IReadOnlyList<double> values) => new(variant.Table, variant.Label, unit, values) { Column = column, Summary = Summary.Mean };

        List<double> Known(Func<SeedRun, double?> value) => [.. finished.Select(value).OfType<double>()];

        // Not every variant has every score.
        List<double> Values(Study.Metric metric) => [.. finished.Where(run => run.Scores!.ContainsKey(metric.Name)).Select(run => metric.Scale * run.Scores![metric.Name])];
    }
}
