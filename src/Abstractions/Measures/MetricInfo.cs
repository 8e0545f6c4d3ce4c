namespace PluginGan;

/// <summary>A metric as it is shown.</summary>
/// <param name="Name">The name, with the extractor in brackets where it depends on one: <c>fid[lenet-fashion]</c>.</param>
/// <param name="Summary">One sentence: what it measures, its range.</param>
/// <param name="Direction">Which values are good.</param>
public sealed record MetricInfo(string Name, string Summary, MetricDirection Direction)
{
    /// <summary>
    /// Of a metric that is good <see cref="MetricDirection.NearReference"/>, the reference in words: a number (<c>1</c>) or another metric
    /// (<c>ms-ssim-real</c>). Null for the metric's floor.
    /// </summary>
    public string? Reference { get; init; }
}
