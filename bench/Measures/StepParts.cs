using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using PluginGan.Training;

namespace PluginGan.Bench.Measures;

/// <summary>Where the time of an iteration goes. On a GPU each part waits for the device, so that the whole is slower than it is untimed.</summary>
internal sealed class StepParts : IMeasure
{
    private const string Whole = "iteration";

    public string Name => "parts";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        foreach (var bf16 in new[] { false, true })
        {
            var spec = settings.Training(settings.Batches[0]) with { Bf16 = bf16, Averages = true };
            var group = $"Parts of an iteration, DCGAN, width {spec.Width}, batch {spec.Batch}, {(bf16 ? "bf16" : "fp32")}{(settings.OnCpu ? "" : ", each part waited for")}";
            using var timeline = Record(spec, settings);
            yield return new Measurement(group, Whole, "ms", timeline.Whole);
            foreach (var (part, times) in timeline.Parts)
                yield return new Measurement(group, part, "ms", times) { PartOf = Whole };
        }
        foreach (var measurement in Checkpoints(settings))
            yield return measurement;
    }

    private static Timeline Record(TrainingSpec spec, BenchSettings settings)
    {
        using var game = new DcGanGame(spec);
        var timeline = new Timeline(game.Device, settings.WarmUp, settings.Count(20, 2));
        using var model = new TimedModel(game.Model, timeline);
        using var objective = new TimedObjective(game.Objective, timeline);
        using var data = new TimedSource(game.Dataset, game.Data, timeline);
        using var trainer = new Trainer(game.Setup(objective, model, data, optimizer => new TimedOptimizer(optimizer, timeline)));
        trainer.Run(timeline, timeline.Ended);
        return timeline;
    }

    private static IEnumerable<Measurement> Checkpoints(BenchSettings settings)
    {
        var interval = settings.Count(10, 2);
        var spec = settings.Training(settings.Batches[0]) with { Averages = true, CheckpointEvery = interval };
        using var game = new DcGanGame(spec);
        using var directory = new TemporaryRun(game);
        using var clock = new CheckpointClock(game.Device, interval, settings.Count(5, 2));
        using (var run = new TrainingRun(game.Setup(), game.Dataset, null, directory.Run, clock, TimeProvider.System))
            run.Run(clock.Ended);
        var group = $"Checkpoint, DCGAN, width {spec.Width}";
        yield return new Measurement(group, "the loop stands still", "ms", clock.Stops);
        yield return new Measurement(group, "until an iteration ends with it on the disk", "ms", clock.Writes);
    }
}
