namespace PluginGan.Host.Tests;

/// <summary>Few combinations in which any two choices that occur together in one do.</summary>
internal static class PairwiseCover
{
    public static IReadOnlyList<Combination> Of(IReadOnlyList<Combination> combinations, int seed)
    {
        var order = combinations.ToArray();
        new Random(seed).Shuffle(order);
        var (covered, chosen) = (new HashSet<(int, Choice, int, Choice)>(), new List<Combination>());
        // Those that bring most come first.
        for (var least = Pairs(order[0]).Count(); least > 0; least--)
            foreach (var combination in order)
                if (Pairs(combination).Count(pair => !covered.Contains(pair)) >= least)
                {
                    covered.UnionWith(Pairs(combination));
                    chosen.Add(combination);
                }
        return chosen;
    }

    private static IEnumerable<(int, Choice, int, Choice)> Pairs(Combination combination) =>
        from left in combination.Choices.Index()
        from right in combination.Choices.Index()
        where left.Index < right.Index
        select (left.Index, left.Item, right.Index, right.Item);
}
