using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PluginGan.Bench.Results;

namespace PluginGan.Repro;

/// <summary>Trains every variant of a study with every seed, and puts ours beside the paper's. Nothing is trained twice: neither what is finished in the folder of runs, nor what stands in the earlier results.</summary>
/// <param name="host">Trains and evaluates.</param>
/// <param name="name">The study's name: that of its file, and of the command.</param>
/// <param name="study">The study.</param>
/// <param name="settings">How it is run this time.</param>
internal sealed class TableStudy(HostProgram host, string name, Study study, TableStudySettings settings)
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Machine machine = Machine.Here(host.Device);

    /// <summary>Runs what is missing, and says after each run how far it is.</summary>
    /// <param name="earlier">Earlier results of the study, or null.</param>
    /// <param name="write">Takes the results after each run: a study that is cut short has those.</param>
    /// <exception cref="InvalidOperationException">The host failed.</exception>
    public ResultFile Run(ResultFile? earlier, Action<ResultFile> write)
    {
        var kept = (earlier?.Runs ?? []).Where(IsOfThisStudy).ToList();
        var versions = earlier?.Versions ?? new Dictionary<string, string>();
        var gate = new Lock();
        try
        {
            // One by one, seed by seed: a study that is cut short has pairs.
            Parallel.ForEach(Partitioner.Create(Missing(kept), EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, missing =>
            {
                var (variant, seed) = missing;
                var finished = Train(variant, seed);
                var run = ToSeedRun(finished, variant, seed);
                lock (gate)
                {
                    Console.WriteLine($"{variant.Name}, seed {seed}: {(run.Scores is { } scores ? string.Join(", ", scores.Select(score => $"{score.Key} {Statistics.Format(score.Value)}")) : "failed")}");
                    kept.Add(run);
                    versions = finished.Versions();
                    write(Results(kept, versions));
                }
            });
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions[0];
        }
        return Results(kept, versions);
    }

    private List<(Study.Variant Variant, int Seed)> Missing(List<SeedRun> kept) =>
    [
        .. from seed in Enumerable.Range(1, settings.Seeds)
           from variant in study.Variants
           where settings.Selects(variant) && !kept.Exists(run => run.Variant == variant.Name && run.Seed == seed)
           select (variant, seed),
    ];

    // What is not run this time stays as long as its recipe is what it was; what is run must have been run in the same way.
    private bool IsOfThisStudy(SeedRun run) =>
        study.Variants.FirstOrDefault(variant => variant.Name == run.Variant) is { } variant
        && run.Recipe == Hash(variant, run.Settings)
        && (!settings.Selects(variant) || run.Settings.SequenceEqual(SettingsOf(variant)));

    private FinishedRun Train(Study.Variant variant, int seed) =>
        host.Train($"{name}-{Hash(variant, SettingsOf(variant))}-seed{seed}", Recipe(variant), [.. SettingsOf(variant), $"seed={seed}"]);

    private SeedRun ToSeedRun(FinishedRun finished, Study.Variant variant, int seed) => new(variant.Name, seed, Hash(variant, SettingsOf(variant)), SettingsOf(variant), machine.Text)
    {
        Iterations = finished.Iteration,
        Minutes = finished.Minutes is { } minutes ? Statistics.Round(minutes) : null,
        Scores = finished.Status == "finished" ? finished.FinalScores.ToDictionary(score => score.Key, score => Statistics.Round(score.Value)) : null,
    };

    private string[] SettingsOf(Study.Variant variant) => [.. variant.Set, .. settings.Quick ? study.Quick : settings.Full ? variant.Full ?? study.Full : [], .. settings.Set];

    private string Recipe(Study.Variant variant) => RecipeFile(variant.Recipe ?? study.Recipe ?? throw new InvalidOperationException($"the variant '{variant.Name}' of the study '{name}' has no recipe"));

    private static string RecipeFile(string recipe) => Path.Combine(Tilings.Repository, "recipes", $"{recipe}.json");

    /// <summary>Equal for equal recipes and settings, whatever the comments say.</summary>
    private string Hash(Study.Variant variant, IReadOnlyList<string> overrides) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Contents(Recipe(variant)), .. overrides]))))[..8];

    private static IEnumerable<string> Contents(string path)
    {
        var recipe = JsonNode.Parse(File.ReadAllText(path), documentOptions: WithComments)!;
        var parent = recipe["extends"] is { } extends ? Contents(Path.Combine(Path.GetDirectoryName(path)!, extends.GetValue<string>())) : [];
        return parent.Append(recipe.ToJsonString());
    }

    private ResultFile Results(List<SeedRun> runs, IReadOnlyDictionary<string, string> versions)
    {
        var ordered = study.Variants.SelectMany(variant => runs.Where(run => run.Variant == variant.Name).OrderBy(run => run.Seed)).ToList();
        return new ResultFile
        {
            Machine = machine,
            Date = DateOnly.FromDateTime(DateTime.UtcNow),
            Command = $"repro {name}{settings.Arguments}{(host.Threads == Environment.ProcessorCount ? "" : $" --threads {host.Threads}")}{(host.Device == "cpu" ? "" : $" --device {host.Device}")}",
            Versions = versions,
            Note = $"{study.Title} ({study.Source}). {study.Note}",
            Runs = ordered,
            Measurements = [.. study.Variants.SelectMany(variant => Measurements(variant, [.. ordered.Where(run => run.Variant == variant.Name)]))],
        };
    }

    private IEnumerable<Measurement> Measurements(Study.Variant variant, List<SeedRun> runs)
    {
        var finished = runs.Where(run => run.Scores is not null).ToList();
        var label = $"{variant.Label}, {string.Join(" or ", runs.Select(run => run.Iterations).Distinct().Order().Select(count => count.ToString(CultureInfo.InvariantCulture)))} iterations";
        if (finished.Count < runs.Count)
            yield return Row($"runs of {runs.Count} that failed", "", [runs.Count - finished.Count]);
        if (finished.Count == 0)
            yield break;
        foreach (var metric in study.Metrics)
        {
            var published = variant.Published.GetValueOrDefault(metric.Name);
            yield return Row(metric.Label, metric.Unit, Values(metric)) with
            {
                Published = published is null ? null : new Published(published[0], published.Length > 1 ? published[1] : null),
            };
        }
        foreach (var bound in variant.Demanded)
        {
            var metric = study.Metrics.Single(metric => metric.Name == bound.Metric);
            // A run that failed has kept nothing.
            var share = 100.0 * Values(metric).Count(bound.Holds) / runs.Count;
            var limits = new[] { bound.AtLeast is { } least ? $"≥ {Statistics.Format(least)}" : null, bound.AtMost is { } most ? $"≤ {Statistics.Format(most)}" : null };
            yield return Row($"runs of {runs.Count} with {metric.Label} {string.Join(" and ", limits.OfType<string>())}", "%", [share]) with { Demanded = new Demand(AtLeast: bound.Share) };
        }
        if (finished.Select(run => run.Minutes).OfType<double>().ToList() is { Count: > 0 } minutes)
            yield return Row("time of a run with its evaluation", "min", minutes);

        Measurement Row(string name, string unit, IReadOnlyList<double> values) => new(variant.Table, $"{label}: {name}", unit, values) { Summary = Summary.Mean };

        List<double> Values(Study.Metric metric) => [.. finished.Select(run => metric.Scale * run.Scores!.GetValueOrDefault(metric.Name, double.NaN))];
    }
}
