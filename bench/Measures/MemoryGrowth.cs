using PluginGan.Bench.Contenders;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;

namespace PluginGan.Bench.Measures;

/// <summary>Memory over ten thousand iterations of a small model with averages, history and checkpoints, in a process of its own.</summary>
internal sealed class MemoryGrowth : IMeasure
{
    private const int Laps = 10;
    private const double BytesPerMebibyte = 1 << 20;

    public string Name => "memory";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        var lap = settings.Count(1000, 10);
        var spec = settings.Training(8) with { Loop = TrainingLoop.Run, Width = 4, Averages = true, Collects = true, CheckpointEvery = settings.Count(250, 4) };
        using var contender = Contender.Start("a small model", spec);
        List<Lap> laps = [.. Enumerable.Range(0, Laps).Select(_ => contender.Run(lap))];

        var group = $"Memory over {Laps * lap} iterations of a small model";
        yield return new Measurement(group, $"resident after {lap}", "MiB", [laps[0].Resident / BytesPerMebibyte]);
        yield return new Measurement(group, "resident at the end", "MiB", [laps[^1].Resident / BytesPerMebibyte]);
        yield return new Measurement(group, "growth of resident memory", "%", [Growth(laps[0], laps[^1])]) { Demanded = new Demand(AtMost: 3) };
        yield return new Measurement(group, "of which in the second half", "%", [Growth(laps[(Laps / 2) - 1], laps[^1])]);
        yield return new Measurement(group, "growth of live tensors, at most", "", [laps.Skip(1).Max(answer => answer.Tensors) - laps[0].Tensors]) { Demanded = new Demand(AtMost: 0) };
    }

    private static double Growth(Lap from, Lap to) => 100.0 * (to.Resident - from.Resident) / from.Resident;
}
