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
/// <param name="sheets">The folder that pictures of samples are copied to, or null.</param>
internal sealed class TableStudy(HostProgram host, string name, Study study, TableStudySettings settings, string? sheets)
{
    // Long enough to be past the first slow iterations, short beside any study.
    private const int PaceIterations = 120;
    private const double QuickMinutes = 0.01;

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Machine machine = Machine.Here(host.Device);
    private readonly DateTimeOffset? since = settings.Again ? DateTimeOffset.UtcNow : null;
    private readonly ConcurrentDictionary<string, Lazy<long>> lengths = new();

    private string Command =>
        $"repro {name}{settings.Arguments}{(host.Threads == Environment.ProcessorCount ? "" : $" --threads {host.Threads}")}{(host.Device == "cpu" ? "" : $" --device {host.Device}")}";

    /// <summary>Runs what is missing, and says after each run how far it is.</summary>
    /// <param name="earlier">Earlier results of the study, or null.</param>
    /// <param name="write">Takes the results after each run: a study that is cut short has those.</param>
    /// <exception cref="InvalidOperationException">The host failed, or earlier results would be lost.</exception>
    public ResultFile Run(ResultFile? earlier, Action<ResultFile> write)
    {
        var kept = Kept(earlier?.Runs ?? []);
        var versions = earlier?.Versions ?? new Dictionary<string, string>();
        var gate = new Lock();
        var missing = Missing(kept);
        if (missing.Count == 0 && earlier is not null)
            // When and by what stands with the runs.
            return Results(kept, versions) with { Machine = earlier.Machine, Date = earlier.Date, Command = earlier.Command };
        // A run that failed was broken off before.
        foreach (var run in kept.Where(run => run.Scores is not null))
            lengths[run.Variant] = new(run.Iterations);
        try
        {
            // One by one, seed by seed: a study that is cut short has pairs.
            Parallel.ForEach(Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, next =>
            {
                var (variant, seed) = next;
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

    /// <summary>What of earlier results goes on to stand. Nothing is lost unasked: what other recipes or settings led to has cost hours too.</summary>
    private List<SeedRun> Kept(IReadOnlyList<SeedRun> earlier)
    {
        if (settings.Again)
            return [.. earlier.Where(run => IsOfThisStudy(run) && !IsSelected(run))];
        return earlier.FirstOrDefault(run => !IsOfThisStudy(run)) is { } other
            ? throw new InvalidOperationException($"the file of results holds a run of '{other.Variant}' by another recipe or other settings ({(other.Settings.Count > 0 ? string.Join(" ", other.Settings) : "none")}), which would be lost; "
                + "name another file with --out, or drop such runs, and those of the variants that are run, with --again")
            : [.. earlier];
    }

    private bool IsSelected(SeedRun run) => study.Variants.Any(variant => variant.Name == run.Variant && settings.Selects(variant));

    // What is not run this time stays as long as its recipe is what it was; what is run must have been run in the same way.
    private bool IsOfThisStudy(SeedRun run) =>
        study.Variants.FirstOrDefault(variant => variant.Name == run.Variant) is { } variant
        && run.Recipe == Hash(variant, run.Settings)
        && (!settings.Selects(variant) || run.Settings.SequenceEqual(SettingsOf(variant)));

    private FinishedRun Train(Study.Variant variant, int seed) => Train(variant, $"seed{seed}", [.. Length(variant), $"seed={seed}"], scored: true);

    private FinishedRun Train(Study.Variant variant, string part, IEnumerable<string> more, bool scored) =>
        host.Train($"{name}-{Hash(variant, SettingsOf(variant))}-{part}", Recipe(variant), [.. SettingsOf(variant), .. more], scored, since);

    // All seeds of a variant are as long as its first, and that as the run that measures its pace says: its folder keeps it.
    private string[] Length(Study.Variant variant) =>
        study.Minutes is { } minutes ? [$"training.iterations={lengths.GetOrAdd(variant.Name, _ => new(() => Length(variant, minutes))).Value}"] : [];

    private long Length(Study.Variant variant, double minutes)
    {
        var pace = Train(
            variant,
            "pace",
            [$"training.iterations={PaceIterations}", "training.logEvery=10", "training.snapshotEvery=0", "training.checkpointEvery=0", "training.evaluateEvery=0", "evaluators=[]"],
            scored: false);
        var seconds = pace.SecondsPerIteration ?? throw new InvalidOperationException($"{variant.Name}: the run that measures its pace was broken off: {pace.Path}");
        return Math.Max(1, (long)(60 * (settings.Quick ? QuickMinutes : minutes) / seconds));
    }

    private SeedRun ToSeedRun(FinishedRun finished, Study.Variant variant, int seed) => new(variant.Name, seed, Hash(variant, SettingsOf(variant)), SettingsOf(variant), machine.Text, Command)
    {
        Iterations = finished.Iteration,
        Minutes = Rounded(finished.Minutes),
        TrainingMinutes = Rounded(finished.SecondsPerIteration * finished.Iteration / 60),
        SecondsPerKimg = Rounded(finished.SecondsPerKimg),
        Sheet = study.Sheets && seed == 1 ? CopiedSheet(finished, variant) : null,
        Scores = finished.Status == "finished" ? finished.FinalScores.ToDictionary(score => score.Key, score => Statistics.Round(score.Value)) : null,
    };

    private static double? Rounded(double? value) => value is { } number ? Statistics.Round(number) : null;

    // Beside the file of results, which names it relative to itself.
    private string? CopiedSheet(FinishedRun finished, Study.Variant variant)
    {
        if (sheets is null || finished.Sheet is not { } sheet || Path.GetExtension(sheet) != ".png")
            return null;
        Directory.CreateDirectory(sheets);
        var words = string.Concat(variant.Label.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' '));
        var file = $"{string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries))}.png";
        File.Copy(sheet, Path.Combine(sheets, file), overwrite: true);
        return $"{Path.GetFileName(sheets)}/{file}";
    }

    private string[] SettingsOf(Study.Variant variant) => [.. study.Set, .. variant.Set, .. settings.Quick ? study.Quick : settings.Full ? variant.Full ?? study.Full : [], .. settings.Set];

    private string Recipe(Study.Variant variant) => RecipeFile(variant.Recipe ?? study.Recipe ?? throw new InvalidOperationException($"the variant '{variant.Name}' of the study '{name}' has no recipe"));

    private static string RecipeFile(string recipe) => Path.Combine(Tilings.Repository, "recipes", $"{recipe}.json");

    /// <summary>Equal for equal recipes and settings, whatever the comments say.</summary>
    private string Hash(Study.Variant variant, IReadOnlyList<string> overrides) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Contents(Recipe(variant)), .. overrides, .. MinutesText()]))))[..8];

    private string[] MinutesText() => study.Minutes is { } minutes ? [minutes.ToString(CultureInfo.InvariantCulture)] : [];

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
            Command = Command,
            Versions = versions,
            Note = $"{study.Title} ({study.Source}). {study.Note}",
            Runs = ordered,
            Measurements = [.. study.Variants.SelectMany(variant => StudyTable.Rows(study, variant, [.. ordered.Where(run => run.Variant == variant.Name)]))],
        };
    }
}
