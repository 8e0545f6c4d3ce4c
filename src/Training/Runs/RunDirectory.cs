using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>The folder of one run: who writes what where. The README describes its layout.</summary>
public sealed partial class RunDirectory
{
    private const string RecipeFile = "recipe.json";

    private RunDirectory(string path)
    {
        Path = path;
        Checkpoints = new CheckpointStore(In("checkpoints"));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder's name, by which commands refer to the run.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    // The name within the folder's name, between time stamp and random digits.
    private string? RecipeName => FolderName().Match(Name) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>The resolved recipe.</summary>
    public string RecipePath => In(RecipeFile);

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
    public CheckpointStore Checkpoints { get; }

    private string ManifestPath => In("manifest.json");

    private string SamplesFolder => In("samples");

    private string EvaluationsFolder => In("evaluations");

    /// <summary>Creates the folder of a new run, <c>20261123-213000-name-7f3a</c>, with its recipe and manifest.</summary>
    /// <exception cref="IOException">The folder cannot be written; the message names it.</exception>
    /// <exception cref="ComponentException">The name cannot be part of a folder's name.</exception>
    public static RunDirectory Create(string root, string name, string recipe, RunManifest manifest) =>
        Create(root, name, recipe, manifest, () => RandomNumberGenerator.GetHexString(4, lowercase: true));

    /// <summary>As the other overload.</summary>
    /// <inheritdoc cref="Create(string, string, string, RunManifest)"/>
    internal static RunDirectory Create(string root, string name, string recipe, RunManifest manifest, Func<string> suffix)
    {
        if (RunName.Fault(name) is { } fault)
            throw new ComponentException($"name: {fault}");
        var stamp = manifest.Created.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, $"{stamp}-{name}-{suffix()}"));
        var directory = new RunDirectory(path);
        try
        {
            Directory.CreateDirectory(path);
            // The first to make the manifest owns the folder: another process may draw the same name within the same second.
            new FileStream(directory.ManifestPath, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (File.Exists(directory.ManifestPath))
        {
            return Create(root, name, recipe, manifest, suffix);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            directory.Discard();
            throw CannotCreate(path, error);
        }
        try
        {
            directory.WriteManifest(manifest);
            // Last: with it the folder becomes a run.
            directory.WriteRecipe(recipe);
            return directory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            directory.Discard();
            throw CannotCreate(path, error);
        }
    }

    /// <summary>
    /// Finds a run by its folder, its name, the name that its recipe gave it, or a part of its name; the last two where only one run under
    /// <paramref name="root"/> has them.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is none, or there are several; the message lists what there is.</exception>
    public static RunDirectory Open(string root, string run)
    {
        if (IsRun(run))
            return new RunDirectory(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(run)));
        var all = List(root);
        // What is exact wins over what is part of something else.
        Func<RunDirectory, bool>[] ways =
        [
            directory => directory.Name == run,
            directory => directory.RecipeName == run,
            directory => directory.Name.Contains(run, StringComparison.OrdinalIgnoreCase),
        ];
        if (Incomplete(root).FirstOrDefault(part => part.Name == run || part.Path == System.IO.Path.GetFullPath(run)) is { } part)
            throw new DirectoryNotFoundException($"the run '{part.Name}' lacks {RecipeFile}; put back a copy of it");
        var matches = ways.Select(way => all.Where(way).ToList()).FirstOrDefault(found => found.Count > 0) ?? [];
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

    /// <summary>The folders under a folder that hold what a run has come to and no recipe, without which nothing can be done with it.</summary>
    public static IReadOnlyList<RunDirectory> Incomplete(string root) => Directory.Exists(root)
        ? [.. Directory.GetDirectories(root).Where(path => !IsRun(path)).Order(StringComparer.Ordinal)
            .Select(path => new RunDirectory(System.IO.Path.GetFullPath(path)))
            .Where(part => File.Exists(part.EventsPath) || Directory.Exists(part.Checkpoints.Folder) || File.Exists(part.GeneratorPath))]
        : [];

    /// <summary>Which files are not there that every run has.</summary>
    public IReadOnlyList<string> Missing =>
        [.. new[] { RecipePath, ManifestPath }.Where(path => !File.Exists(path)).Select(path => System.IO.Path.GetFileName(path))];

    /// <summary>What the run was made with.</summary>
    /// <exception cref="IOException">The manifest cannot be read.</exception>
    public RunManifest Manifest()
    {
        try
        {
            return JsonFile.Read<RunManifest>(ManifestPath, RunManifest.Json);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{ManifestPath}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The run's history so far; empty before its first event.</summary>
    public IReadOnlyList<RunEvent> Events() => RunEvents.ParseLines(EventLines().Where(line => line.Length > 0));

    /// <summary>Which lines of the history cannot be read; null where all can. The last is not one until it ends.</summary>
    public string? UnreadEvents() =>
        RunEvents.Unread(EventLines().SkipLast(1)) is { } unread ? $"{System.IO.Path.GetFileName(EventsPath)}: {unread}" : null;

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
        System.IO.Path.Combine(Directory.CreateDirectory(SamplesFolder).FullName, $"{iteration.ToString("D7", CultureInfo.InvariantCulture)}{extension}");

    /// <summary>The path of the real samples where sheets do not show them: <c>samples/real.csv</c>.</summary>
    public string RealSamplesPath(string extension) => System.IO.Path.Combine(SamplesFolder, $"real{extension}");

    /// <summary>The newest sample sheet, or null.</summary>
    public string? LatestSheet() => Directory.Exists(SamplesFolder)
        ? Directory.GetFiles(SamplesFolder).Where(file => char.IsAsciiDigit(System.IO.Path.GetFileName(file)[0])).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>Writes what an evaluation has found as <c>evaluations/0002000.json</c>, and what evaluators had to show as <c>evaluations/0002000-NAME.png</c> beside it.</summary>
    /// <param name="result">What was found, with its iteration.</param>
    /// <param name="extension">The extension of what is shown, with its dot.</param>
    /// <returns>The files of what is shown, by name.</returns>
    public IReadOnlyDictionary<string, string> WriteEvaluation(EvaluationResult result, string extension)
    {
        var stem = System.IO.Path.Combine(Directory.CreateDirectory(EvaluationsFolder).FullName, (result.Iteration ?? 0).ToString("D7", CultureInfo.InvariantCulture));
        var shown = result.Shown.ToDictionary(entry => entry.Key, entry => $"{stem}-{entry.Key}{extension}", StringComparer.Ordinal);
        foreach (var (name, path) in shown)
            AtomicFile.Write(path, stream => stream.Write(result.Shown[name]));
        // Last: whoever finds it finds the pictures too.
        AtomicFile.Write($"{stem}.json", stream => JsonSerializer.Serialize(stream, result, EvaluationResult.Json));
        return shown;
    }

    /// <summary>Keeps the list of the training data's files as <c>data/HASH.json</c>: with it a resume tells which have changed.</summary>
    public void WriteDataFiles(DataContent data)
    {
        if (data.Files.Count == 0)
            return;
        Directory.CreateDirectory(In("data"));
        var path = DataFilesPath(data.Fingerprint);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, data.Files, JsonSerializerOptions.Web));
    }

    /// <summary>The files of training data by its fingerprint; null where their list is missing or is not theirs.</summary>
    public IReadOnlyList<FileFingerprint>? DataFiles(DataFingerprint data)
    {
        try
        {
            var files = JsonFile.Read<IReadOnlyList<FileFingerprint>>(DataFilesPath(data), JsonSerializerOptions.Web);
            return DataHashing.Digest(files) == data.Sha256 ? files : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Sees to it that the run can be trained in its folder.</summary>
    /// <exception cref="IOException">Something else stands where it keeps a file or a folder; nothing has been changed.</exception>
    public void RequirePlaces() => RunPlaces.Require(
        [RecipePath, ManifestPath, EventsPath, GeneratorPath, BestPath],
        [Checkpoints.Folder, SamplesFolder, EvaluationsFolder, TensorBoardPath, In("data")]);

    /// <summary>Replaces the recipe: the run goes on with another.</summary>
    public void WriteRecipe(string recipe) => AtomicFile.Write(RecipePath, stream => stream.Write(Encoding.UTF8.GetBytes(recipe)));

    /// <summary>Replaces the manifest: the run begins anew with what it says.</summary>
    public void WriteManifest(RunManifest manifest) =>
        AtomicFile.Write(ManifestPath, stream => JsonSerializer.Serialize(stream, manifest, RunManifest.Json));

    /// <summary>Why a run that has no checkpoint to resume from must not begin anew; null where it may, or need not.</summary>
    public string? RefusalToBeginAnew(FoundCheckpoint found) => found.Checkpoint is not null
        ? null
        : BeginningAnew.Refusal(Checkpoints.Folder, found.HasFolder, found.Unread, File.Exists(GeneratorPath), RunHistory.Fold(Events()));

    /// <summary>Deletes the folder of a run that could not be started; what cannot be deleted stays.</summary>
    public void Discard()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The reason for which the run could not be started is the one to tell.
        }
    }

    /// <summary>Renames checkpoints, weights, sheets and evaluations, so that the run can begin anew without losing them.</summary>
    /// <returns>Their new names.</returns>
    internal IReadOnlyList<string> SetAside()
    {
        var there = new[] { Checkpoints.Folder, GeneratorPath, BestPath, SamplesFolder, EvaluationsFolder }.Where(System.IO.Path.Exists);
        return [.. there.Select(path => System.IO.Path.GetFileName(SetAsidePath.Move(path)))];
    }

    /// <summary>Deletes the files that a crash has left half written. Only for the process that trains the run.</summary>
    internal void DeleteUnfinished()
    {
        foreach (var folder in new[] { Path, EvaluationsFolder, In("data") }.Where(Directory.Exists))
            foreach (var leftover in Directory.GetFiles(folder, $"*{AtomicFile.Unfinished}"))
                File.Delete(leftover);
    }

    private static IOException CannotCreate(string path, Exception error) =>
        new($"cannot create the run directory '{path}': {error.Message} Choose a folder that can be written with --runs.", error);

    private string DataFilesPath(DataFingerprint data) => System.IO.Path.Combine(In("data"), $"{data.Sha256}.json");

    [GeneratedRegex(@"^\d{8}-\d{6}-(?<name>.+)-[0-9a-f]{4}$")]
    private static partial Regex FolderName();

    private static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, RecipeFile));

    private string[] EventLines()
    {
        if (!System.IO.Path.Exists(EventsPath))
            return [];
        using var stream = new FileStream(RegularFile.At(EventsPath), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
