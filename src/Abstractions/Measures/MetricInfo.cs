namespace PluginGan;

/// <summary>A metric as it is shown.</summary>
/// <param name="Name">The name, with the extractor in brackets where it depends on one: <c>fid[lenet-fashion]</c>.</param>
/// <param name="Summary">One sentence: what it measures, its range.</param>
/// <param name="HigherIsBetter">The direction of improvement.</param>
public sealed record MetricInfo(string Name, string Summary, bool HigherIsBetter);
