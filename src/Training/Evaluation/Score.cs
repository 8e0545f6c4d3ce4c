namespace PluginGan.Training;

/// <summary>The value of a metric, and what to read it by.</summary>
/// <param name="Metric">The metric's name, with the extractor in brackets where it depends on one.</param>
/// <param name="Summary">What it measures.</param>
/// <param name="Direction">Which values are good.</param>
/// <param name="Value">The value; NaN where it is undefined.</param>
/// <param name="Floor">The value of real samples against other real ones: what a perfect generator would reach. Null where it was not measured.</param>
/// <param name="Low">Where the 95 % interval begins; null without one.</param>
/// <param name="High">Where it ends.</param>
public sealed record Score(string Metric, string Summary, MetricDirection Direction, double Value, double? Floor, double? Low, double? High)
{
    /// <summary>As in <see cref="MetricInfo.Reference"/>.</summary>
    public string? Reference { get; init; }
}
