using System.Text.Json.Serialization;

namespace PluginGan.Bench.Results;

/// <summary>What a paper says of the same quantity.</summary>
/// <param name="Value">Its figure.</param>
/// <param name="StandardError">The standard error of it, or null.</param>
internal sealed record Published(double Value, double? StandardError)
{
    /// <summary>How it reads: <c>6.3 ± 0.5</c>.</summary>
    [JsonIgnore]
    public string Text => $"{Statistics.Format(Value)}{(StandardError is { } error ? $" ± {Statistics.Format(error)}" : "")}";
}
