using System.Text.Json;
using System.Text.Json.Serialization;

namespace PluginGan.Repro;

/// <summary>What the host answers about a run.</summary>
internal sealed record FinishedRun(string Name, string Path, string Status, long Iteration, DateTimeOffset? Started, DateTimeOffset? LastEvent, IReadOnlyList<FinishedRun.Evaluation> Scores, string? Sheet)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Whether it was evaluated at its end.</summary>
    public bool HasItsLastScores => Scores is [.., var last] && last.Iteration == Iteration;

    /// <summary>The scores at the end, by metric.</summary>
    /// <exception cref="InvalidOperationException">It was not evaluated at its end.</exception>
    public IReadOnlyDictionary<string, double> FinalScores => HasItsLastScores
        ? Scores[^1].Values
        : throw new InvalidOperationException($"{Name} has no scores of its last iteration, {Iteration}; its warnings say why: plugingan runs show {Path}");

    /// <summary>How long it took, or null for a run that was interrupted.</summary>
    public double? Minutes =>
        File.ReadAllText(System.IO.Path.Combine(Path, "events.jsonl")).Contains("\"resumed\"", StringComparison.Ordinal) ? null : (LastEvent - Started)?.TotalMinutes;

    /// <summary>What an iteration cost, in seconds, or null where it is not known: the time between losses that were written one after the other, without evaluations, samples and checkpoints.</summary>
    public double? SecondsPerIteration
    {
        get
        {
            var (seconds, iterations, before) = (0.0, 0L, default(Event));
            foreach (var line in File.ReadLines(System.IO.Path.Combine(Path, "events.jsonl")))
            {
                var current = JsonSerializer.Deserialize<Event>(line, Json)!;
                if (current.Kind == "scalars" && before is { Kind: "scalars" })
                {
                    seconds += (current.Time - before.Time).TotalSeconds;
                    iterations += current.Iteration - before.Iteration;
                }
                before = current;
            }
            return iterations > 0 ? seconds / iterations : null;
        }
    }

    /// <summary>What a thousand samples of its batches cost while it trained, in seconds, however often an iteration's phases are repeated; null where that is not known.</summary>
    public double? SecondsPerKimg
    {
        get
        {
            using var recipe = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "recipe.json")));
            return 1000 * SecondsPerIteration / recipe.RootElement.GetProperty("training").GetProperty("batch").GetInt32();
        }
    }

    /// <summary>The versions in its manifest: the product's and libtorch's.</summary>
    public IReadOnlyDictionary<string, string> Versions()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "manifest.json")));
        return new Dictionary<string, string>
        {
            ["PluginGan"] = manifest.RootElement.GetProperty("version").GetString()!,
            ["libtorch"] = manifest.RootElement.GetProperty("torch").GetString()!.Replace("libtorch ", "", StringComparison.Ordinal),
        };
    }

    private sealed record Event(string Kind, DateTimeOffset Time, long Iteration);

    /// <summary>One evaluation.</summary>
    internal sealed record Evaluation(long Iteration, IReadOnlyDictionary<string, double> Values);
}
