namespace PluginGan.Plugins.AnoGan;

/// <summary>The receiver operating characteristic of a score.</summary>
internal static class RocCurve
{
    /// <summary>
    /// The area under the curve: P(positive above negative) + ½ P(equal), over all pairs. By ranks, in which equal scores share their mean rank (the Mann-Whitney statistic;
    /// Hanley, McNeil, Radiology 143, 1982). NaN where a score is.
    /// </summary>
    /// <param name="negatives">Scores that should be low, at least one.</param>
    /// <param name="positives">Scores that should be high, at least one.</param>
    public static double Area(IReadOnlyCollection<double> negatives, IReadOnlyCollection<double> positives)
    {
        if (negatives.Concat(positives).Any(double.IsNaN))
            return double.NaN;
        var groups = negatives.Select(score => (Score: score, IsPositive: false)).Concat(positives.Select(score => (Score: score, IsPositive: true)))
            .GroupBy(entry => entry.Score, entry => entry.IsPositive).OrderBy(group => group.Key);
        var (below, ranks) = (0.0, 0.0);
        foreach (var group in groups)
        {
            var (all, positive) = (group.Count(), group.Count(isPositive => isPositive));
            ranks += positive * (below + ((all + 1) / 2.0));
            below += all;
        }
        var count = (double)positives.Count;
        return (ranks - (count * (count + 1) / 2)) / (count * negatives.Count);
    }
}
