using System.Text.Json.Serialization;

namespace PluginGan.Bench.Results;

/// <summary>What a measurement must reach.</summary>
/// <param name="AtLeast">The lower bound, or null.</param>
/// <param name="AtMost">The upper bound, or null.</param>
internal sealed record Demand(double? AtLeast = null, double? AtMost = null)
{
    /// <summary>How it reads: <c>≥ 1.1</c>.</summary>
    [JsonIgnore]
    public string Text => AtLeast is { } least ? $"≥ {Statistics.Format(least)}" : $"≤ {Statistics.Format(AtMost ?? double.NaN)}";

    /// <summary>Whether a value reaches it.</summary>
    public bool IsMetBy(double value) => (AtLeast is not { } least || value >= least) && (AtMost is not { } most || value <= most);
}
