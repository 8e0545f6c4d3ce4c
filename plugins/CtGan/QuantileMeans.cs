namespace PluginGan.Plugins.CtGan;

/// <summary>k-means on the line, begun at the quantiles of the values: the same clusters each time.</summary>
internal static class QuantileMeans
{
    private const int Iterations = 300;

    /// <summary>The cluster of each value.</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="clusters">How many, at most as many as there are different values.</param>
    public static int[] Cluster(double[] sorted, int clusters)
    {
        // Quantiles of the different values: equal ones would leave clusters empty.
        double[] distinct = [.. sorted.Distinct()];
        double[] centres = [.. Enumerable.Range(0, clusters).Select(cluster => distinct[(int)((cluster + 0.5) * distinct.Length / clusters)])];
        var labels = new int[sorted.Length];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var changed = Assign(sorted, centres, labels);
            if (!changed && iteration > 0)
                break;
            var (sums, counts) = (new double[clusters], new int[clusters]);
            for (var at = 0; at < sorted.Length; at++)
                (sums[labels[at]], counts[labels[at]]) = (sums[labels[at]] + sorted[at], counts[labels[at]] + 1);
            for (var cluster = 0; cluster < clusters; cluster++)
                centres[cluster] = counts[cluster] > 0 ? sums[cluster] / counts[cluster] : centres[cluster];
        }
        return labels;
    }

    // Values and centres ascend together.
    private static bool Assign(double[] sorted, double[] centres, int[] labels)
    {
        var (nearest, changed) = (0, false);
        for (var at = 0; at < sorted.Length; at++)
        {
            while (nearest + 1 < centres.Length && Math.Abs(centres[nearest + 1] - sorted[at]) < Math.Abs(centres[nearest] - sorted[at]))
                nearest++;
            changed |= labels[at] != nearest;
            labels[at] = nearest;
        }
        return changed;
    }
}
