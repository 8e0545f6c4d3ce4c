namespace PluginGan.Bench.Contenders;

/// <summary>Two things timed in turns, in one process: neither always comes behind the other.</summary>
internal static class Turns
{
    private const int WarmUp = 2;

    /// <summary>The times of both, by trial.</summary>
    /// <param name="one">Does the one, and says how long it took.</param>
    /// <param name="other">Does the other.</param>
    /// <param name="trials">How often each is timed, after two times that do not count.</param>
    public static (IReadOnlyList<double> One, IReadOnlyList<double> Other) Time(Func<double> one, Func<double> other, int trials)
    {
        List<double> ones = [], others = [];
        for (var trial = -WarmUp; trial < trials; trial++)
        {
            var oneFirst = trial % 2 == 0;
            var (first, second) = oneFirst ? (one(), other()) : (other(), one());
            if (trial < 0)
                continue;
            ones.Add(oneFirst ? first : second);
            others.Add(oneFirst ? second : first);
        }
        return (ones, others);
    }
}
