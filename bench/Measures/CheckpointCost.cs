using PluginGan.Bench.Contenders;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;

namespace PluginGan.Bench.Measures;

/// <summary>What checkpoints at every hundred iterations cost: runs with and without them, in alternation.</summary>
internal sealed class CheckpointCost : IMeasure
{
    private const string With = "with checkpoints";
    private const string Without = "without";

    public string Name => "checkpoints";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        var interval = settings.Count(100, 4);
        var spec = settings.Training(settings.Batches[0]) with { Loop = TrainingLoop.Run, Averages = true };
        using var contenders = new ContenderGroup();
        contenders.Start(Without, spec);
        contenders.Start(With, spec with { CheckpointEvery = interval });
        // A checkpoint falls into the middle of a lap, so that what is written in the background ends within it.
        var race = contenders.Race(settings, interval / 2, interval * (settings.OnCpu ? 1 : 10));

        var group = $"Checkpoints at every {interval} iterations, DCGAN, width {spec.Width}, batch {spec.Batch}";
        yield return new Measurement(group, Without, "img/s", race.Rates(Without));
        yield return new Measurement(group, With, "img/s", race.Rates(With));
        yield return new Measurement(group, "slower with checkpoints", "%", [.. race.Ratios(Without, With).Select(ratio => 100 * (ratio - 1))])
        {
            Demanded = settings.OnCpu ? new Demand(AtMost: 3) : null,
        };
    }
}
