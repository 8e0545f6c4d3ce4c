using PluginGan.Bench.Games;

namespace PluginGan.Bench.Contenders;

/// <summary>The contenders of a race; they end with it.</summary>
internal sealed class ContenderGroup : IDisposable
{
    private readonly List<Contender> contenders = [];

    public IReadOnlyList<string> Names => [.. contenders.Select(contender => contender.Name)];

    public void Start(string name, TrainingSpec spec) => contenders.Add(Contender.Start(name, spec));

    /// <summary>Starts a foreign program and lets it run once. One that fails, for want of a compiler for instance, does not take part.</summary>
    /// <returns>Whether it takes part.</returns>
    public bool TryStart(string name, int batch, string program, IEnumerable<string> arguments, int warmUp)
    {
        Contender? contender = null;
        try
        {
            contender = Contender.Start(name, batch, program, arguments);
            contender.Run(warmUp);
            contenders.Add(contender);
            return true;
        }
        catch (InvalidOperationException failure)
        {
            contender?.Dispose();
            Console.Error.WriteLine($"not measured: {failure.Message}");
            return false;
        }
    }

    /// <summary>Races them. The iterations of a lap are those that the first contender does in the given time, after its warm-up.</summary>
    public Race Race(BenchSettings settings, double lapSeconds)
    {
        contenders[0].Run(settings.WarmUp);
        var lap = settings.Smoke ? 2 : Math.Max(2, (long)Math.Ceiling(lapSeconds * settings.WarmUp / contenders[0].Run(settings.WarmUp).Seconds));
        return Contenders.Race.Run(contenders, settings.Trials, settings.WarmUp, lap);
    }

    /// <summary>Races them in laps of a given length, after a warm-up of a given length.</summary>
    public Race Race(BenchSettings settings, int warmUp, long lap) => Contenders.Race.Run(contenders, settings.Trials, warmUp, lap);

    public void Dispose()
    {
        foreach (var contender in contenders)
            contender.Dispose();
    }
}
