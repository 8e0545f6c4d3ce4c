namespace PluginGan;

/// <summary>The value of one metric.</summary>
/// <param name="Name">As in <see cref="MetricInfo"/>.</param>
/// <param name="Value">The value; NaN where it is undefined.</param>
public sealed record MetricValue(string Name, double Value);
