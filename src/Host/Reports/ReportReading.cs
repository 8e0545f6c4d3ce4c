using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using PluginGan.Core;
using PluginGan.Training;

namespace PluginGan.Host.Reports;

/// <summary>Reads a run's folder for its report. What cannot be read is left out and noted: a report of the rest is worth having.</summary>
internal sealed class ReportReading
{
    // About the width of a curve in pixels.
    private const int Buckets = 500;

    private readonly RunDirectory directory;
    private readonly RunFiles files;
    private readonly List<string> notes = [];

    private ReportReading(RunDirectory directory) => (this.directory, files) = (directory, new RunFiles(directory.Path));

    /// <exception cref="IOException">The recipe or the history cannot be read.</exception>
    public static ReportContent Read(RunDirectory directory, TimeProvider time) => new ReportReading(directory).Read(time);

    private ReportContent Read(TimeProvider time)
    {
        Require(directory.EventsPath);
        Require(directory.RecipePath);
        var events = directory.Events();
        var summary = directory.Summary(time);
        var manifest = Or(null, Manifest);
        var evaluations = Evaluations(summary);
        var sheets = Or(new SheetSeries([], 0), () => SheetSeries.Read(Within("samples"), summary.Iteration, files, notes.Add), "samples");
        return new ReportContent
        {
            Name = directory.Name,
            Written = time.GetUtcNow(),
            Version = typeof(ReportReading).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            Recipe = new RecipeFacts(File.ReadAllText(directory.RecipePath)),
            Manifest = manifest,
            Summary = summary,
            Timeline = RunTimeline.Of(events),
            TimeSpent = RunTimeline.TimeSpent(events),
            Curves = Curves.Of(summary.ScalarHistory, Buckets),
            Evaluations = evaluations,
            Sheets = sheets,
            EvaluatorPictures = EvaluatorPictures(evaluations),
            Exploration = Exploration.Read(Within("explore"), files, notes.Add),
            Files = [.. FilesToStamp(sheets).Select(Stamp).OfType<FileStamp>()],
            Notes = notes,
        };
    }

    /// <summary>The evaluations that the history knows, each with what its file adds; and those of which only the file is left.</summary>
    private IReadOnlyList<EvaluationFile> Evaluations(RunSummary summary)
    {
        var known = new SortedDictionary<long, EvaluationFile>();
        foreach (var entry in summary.Scores)
            known[entry.Iteration] = new EvaluationFile
            {
                Iteration = entry.Iteration,
                Scores = [.. entry.Values.Select(value => new EvaluationFile.Score { Metric = value.Key, Value = value.Value })],
            };
        foreach (var path in Directory.Exists(Within("evaluations")) ? Directory.GetFiles(Within("evaluations"), "*.json") : [])
            if (Or(null, () => Evaluation(path), path) is { } read && read.Iteration <= summary.Iteration)
                known[read.Iteration] = read;
        return [.. known.Values];
    }

    private RunManifest? Manifest()
    {
        Require(Within("manifest.json"));
        return directory.Manifest();
    }

    private EvaluationFile Evaluation(string path)
    {
        files.Require(path);
        return EvaluationFile.Parse(File.ReadAllText(path));
    }

    // Of what the report cannot do without, or names in its own words.
    private void Require(string path)
    {
        try
        {
            files.Require(path);
        }
        catch (IOException link)
        {
            throw new IOException($"{Path.GetFileName(path)} cannot be read: {link.Message}", link);
        }
    }

    private IReadOnlyList<Picture> EvaluatorPictures(IReadOnlyList<EvaluationFile> evaluations)
    {
        if (!Directory.Exists(Within("evaluations")))
            return [];
        foreach (var iteration in evaluations.Select(evaluation => evaluation.Iteration).Reverse())
        {
            var beginning = $"{iteration:D7}-";
            var files = Directory.GetFiles(Within("evaluations"), $"{beginning}*.png").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToArray();
            var budget = new PictureBudget(this.files);
            if (files.Length > 0)
                return [.. files.Select(file => budget.Read(Within("evaluations"), file, Path.GetFileNameWithoutExtension(file)[beginning.Length..], $"After iteration {iteration}.", notes.Add)).OfType<Picture>()];
        }
        return [];
    }

    private IEnumerable<string> FilesToStamp(SheetSeries sheets)
    {
        yield return "recipe.json";
        yield return "manifest.json";
        yield return "events.jsonl";
        yield return "generator.safetensors";
        if (directory.Checkpoints.Iterations is [.., var last])
            yield return $"checkpoints/{last:D7}/state.safetensors";
        if (sheets.Sheets is [.., var sheet])
            yield return $"samples/{sheet.File}";
    }

    private FileStamp? Stamp(string name) => Or(null, () =>
    {
        if (!File.Exists(Within(name)))
            return null;
        files.Require(Within(name));
        using var stream = new FileStream(Within(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new FileStamp(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }, name);

    private T Or<T>(T otherwise, Func<T> read, string? path = null)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            var note = path is null
                ? error.Message
                : $"{Path.GetRelativePath(directory.Path, Path.GetFullPath(path, directory.Path))} cannot be read: {error.Message}";
            if (!notes.Contains(note))
                notes.Add(note);
            return otherwise;
        }
    }

    private string Within(string name) => Path.Combine(directory.Path, name);
}
