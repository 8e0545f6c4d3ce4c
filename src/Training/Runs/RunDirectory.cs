using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>The folder of one run: who writes what where. The README describes its layout.</summary>
public sealed class RunDirectory
{
    private const string RecipeName = "recipe.json";

    private RunDirectory(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder's name, by which commands refer to the run.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The resolved recipe.</summary>
    public string RecipePath => In(RecipeName);

    /// <summary>One event on each line, append-only.</summary>
    public string EventsPath => In("events.jsonl");

    /// <summary>The weights that samples are generated from, averaged where the run averages.</summary>
    public string GeneratorPath => In("generator.safetensors");

    /// <summary>The weights of the best evaluation, where the recipe names the metric that it is judged by.</summary>
    public string BestPath => In("best.safetensors");

    /// <summary>TensorBoard event files.</summary>
    public string TensorBoardPath => In("tensorboard");

    /// <summary>The process that trains the run, while it does.</summary>
    internal string ProcessPath => In("process.json");

    /// <summary>The checkpoints.</summary>
    public CheckpointStore Checkpoints => new(In("checkpoints"));

    private string ManifestPath => In("manifest.json");

    /// <summary>Creates the folder of a new run, <c>20261123-213000-name-7f3a</c>, with its recipe and manifest.</summary>
    /// <exception cref="IOException">The folder cannot be written; the message names it.</exception>
    /// <exception cref="ComponentException">The name cannot be part of a folder's name.</exception>
    public static RunDirectory Create(string root, string name, string recipe, RunManifest manifest)
    {
        if (name.Length == 0 || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.')))
            throw new ComponentException($"name: '{name}' cannot name a run's folder; use letters, digits, '-', '_' and '.'");
        var stamp = manifest.Created.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, $"{stamp}-{name}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}"));
        var directory = new RunDirectory(path);
        try
        {
            Directory.CreateDirectory(path);
            AtomicFile.Write(directory.ManifestPath, stream => JsonSerializer.Serialize(stream, manifest, RunManifest.Json));
            // Last, since it makes the folder a run: there is none without its manifest, or with half a recipe.
            directory.WriteRecipe(recipe);
            return directory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            directory.Discard();
            throw new IOException($"cannot create the run directory '{path}': {error.Message} Choose a folder that can be written with --runs.", error);
        }
    }

    /// <summary>Finds a run by its folder, its name, or a part of its name that only one run under <paramref name="root"/> has.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none, or there are several; the message lists what there is.</exception>
    public static RunDirectory Open(string root, string run)
    {
        if (IsRun(run))
            return new RunDirectory(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(run)));
        var all = List(root);
        var matches = all.Where(directory => directory.Name == run).ToList();
        if (matches.Count == 0)
            matches = [.. all.Where(directory => directory.Name.Contains(run, StringComparison.OrdinalIgnoreCase))];
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw new DirectoryNotFoundException($"there is no run '{run}' in '{root}'{(all.Count == 0 ? "; it holds no runs" : $"; the latest is '{all[^1].Name}'")}"),
            _ => throw new DirectoryNotFoundException($"'{run}' could be any of {string.Join(", ", matches.Select(directory => directory.Name))}; give more of the name"),
        };
    }

    /// <summary>The runs under a folder, oldest first.</summary>
    public static IReadOnlyList<RunDirectory> List(string root) => Directory.Exists(root)
        ? [.. Directory.GetDirectories(root).Where(IsRun).Order(StringComparer.Ordinal).Select(path => new RunDirectory(System.IO.Path.GetFullPath(path)))]
        : [];

    /// <summary>What the run was made with.</summary>
    /// <exception cref="IOException">The manifest cannot be read.</exception>
    public RunManifest Manifest()
    {
        try
        {
            return JsonSerializer.Deserialize<RunManifest>(File.ReadAllText(ManifestPath), RunManifest.Json) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new IOException($"'{ManifestPath}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The run's history so far; empty before its first event.</summary>
    public IReadOnlyList<RunEvent> Events()
    {
        if (!File.Exists(EventsPath))
            return [];
        using var stream = new FileStream(EventsPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return RunEvents.ParseLines(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// What the run has come to. Unlike its history alone, its status tells a run that is under way from one whose process has died.
    /// </summary>
    /// <param name="time">The clock, by which heartbeats from other machines are judged.</param>
    public RunSummary Summary(TimeProvider time)
    {
        var alive = RunLiveness.IsAlive(this, time.GetUtcNow());
        var summary = RunHistory.Fold(Events());
        // Asked on both sides of the reading: a process that began or ended in the meantime is no death.
        return Liveness.Judge(summary, alive || RunLiveness.IsAlive(this, time.GetUtcNow()));
    }

    /// <summary>The path of a sample sheet: <c>samples/0001000.png</c>.</summary>
    public string SamplesPath(long iteration, string extension) =>
        System.IO.Path.Combine(Directory.CreateDirectory(In("samples")).FullName, $"{iteration.ToString("D7", CultureInfo.InvariantCulture)}{extension}");

    /// <summary>The newest sample sheet, or null.</summary>
    public string? LatestSheet() => Directory.Exists(In("samples")) ? Directory.GetFiles(In("samples")).Order(StringComparer.Ordinal).LastOrDefault() : null;

    /// <summary>Writes what an evaluation has found as <c>evaluations/0002000.json</c>, and what evaluators had to show as <c>evaluations/0002000-NAME.png</c> beside it.</summary>
    /// <param name="result">What was found, with its iteration.</param>
    /// <param name="extension">The extension of what is shown, with its dot.</param>
    /// <returns>The files of what is shown, by name.</returns>
    public IReadOnlyDictionary<string, string> WriteEvaluation(EvaluationResult result, string extension)
    {
        var stem = System.IO.Path.Combine(Directory.CreateDirectory(In("evaluations")).FullName, (result.Iteration ?? 0).ToString("D7", CultureInfo.InvariantCulture));
        var shown = result.Shown.ToDictionary(entry => entry.Key, entry => $"{stem}-{entry.Key}{extension}", StringComparer.Ordinal);
        foreach (var (name, path) in shown)
            AtomicFile.Write(path, stream => stream.Write(result.Shown[name]));
        // Last: whoever finds it finds the pictures too.
        AtomicFile.Write($"{stem}.json", stream => JsonSerializer.Serialize(stream, result, EvaluationResult.Json));
        return shown;
    }

    /// <summary>Replaces the recipe: the run goes on with another.</summary>
    public void WriteRecipe(string recipe) => AtomicFile.Write(RecipePath, stream => stream.Write(Encoding.UTF8.GetBytes(recipe)));

    /// <summary>Deletes the files that a crash has left half written. Only for the process that trains the run.</summary>
    internal void DeleteUnfinished()
    {
        foreach (var leftover in Directory.GetFiles(Path, $"*{AtomicFile.Unfinished}"))
            File.Delete(leftover);
    }

    // What a full disk has left of a folder that was to become a run.
    private void Discard()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without a recipe it is no run, and the failure to write it is what counts.
        }
    }

    private static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, RecipeName));

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
