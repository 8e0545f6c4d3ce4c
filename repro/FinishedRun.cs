using System.Text.Json;
using System.Text.Json.Serialization;

namespace PluginGan.Repro;

/// <summary>What the host answers about a run.</summary>
internal sealed record FinishedRun(string Name, string Path, string Status, long Iteration, DateTimeOffset? Started, DateTimeOffset? LastEvent, IReadOnlyList<FinishedRun.Evaluation> Scores)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The scores at the end, by metric.</summary>
    /// <exception cref="InvalidOperationException">It was not evaluated.</exception>
    public IReadOnlyDictionary<string, double> FinalScores =>
        Scores is [.., var last] ? last.Values : throw new InvalidOperationException($"{Name} has no scores; its warnings say why: plugingan runs show {Path}");

    /// <summary>How long it took, or null for a run that was interrupted.</summary>
    public double? Minutes =>
        File.ReadAllText(System.IO.Path.Combine(Path, "events.jsonl")).Contains("\"resumed\"", StringComparison.Ordinal) ? null : (LastEvent - Started)?.TotalMinutes;

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

    /// <summary>One evaluation.</summary>
    internal sealed record Evaluation(long Iteration, IReadOnlyDictionary<string, double> Values);
}
