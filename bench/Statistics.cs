namespace PluginGan.Bench;

/// <summary>Medians and spreads: single times say nothing on a shared machine.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }

    /// <summary><c>12.3 (11.9 to 13.0)</c>: the median with the quartiles.</summary>
    public static string Describe(IReadOnlyList<double> values) => $"{Median(values):0.0} ({Quantile(values, 0.25):0.0} to {Quantile(values, 0.75):0.0})";
}
