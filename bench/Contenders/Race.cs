namespace PluginGan.Bench.Contenders;

/// <summary>Contenders in alternation: each round runs every one of them for the same number of iterations, and each round begins with another.</summary>
internal sealed class Race
{
    private readonly Dictionary<string, double[]> seconds;
    private readonly int batch;

    private Race(Dictionary<string, double[]> seconds, int batch) => (this.seconds, this.batch) = (seconds, batch);

    /// <summary>Runs a race.</summary>
    /// <param name="contenders">Who takes part.</param>
    /// <param name="rounds">How many laps each of them has.</param>
    /// <param name="warmUp">Iterations before the first lap.</param>
    /// <param name="lap">The iterations of a lap.</param>
    public static Race Run(IReadOnlyList<Contender> contenders, int rounds, int warmUp, long lap)
    {
        foreach (var contender in contenders)
            contender.Run(warmUp);
        var seconds = contenders.ToDictionary(contender => contender.Name, _ => new double[rounds], StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var contender = contenders[(round + turn) % contenders.Count];
                seconds[contender.Name][round] = contender.Run(lap).Seconds / lap;
            }
        return new Race(seconds, contenders[0].Batch);
    }

    /// <summary>Samples a second, by round.</summary>
    public IReadOnlyList<double> Rates(string name) => [.. seconds[name].Select(value => batch / value)];

    /// <summary>How many times as fast one is as another, by round.</summary>
    public IReadOnlyList<double> Ratios(string name, string over) => [.. seconds[over].Zip(seconds[name], (slow, fast) => slow / fast)];
}
