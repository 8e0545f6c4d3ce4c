using System.Text.Json;
using PluginGan.Bench.Games;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Bench.Contenders;

/// <summary>What a child process does that was started as a contender.</summary>
internal static class ContenderProcess
{
    /// <summary>Trains at the parent's pace until the input ends.</summary>
    /// <param name="specification">A <see cref="TrainingSpec"/> as JSON.</param>
    public static void Run(string specification)
    {
        var spec = JsonSerializer.Deserialize<TrainingSpec>(specification)!;
        if (spec.KeepsMemory)
            Allocator.KeepFreedMemory();
        torch.set_num_threads(spec.Threads);
        using var game = new DcGanGame(spec);
        using var pace = new Pace(game.Device, spec.Collects);
        switch (spec.Loop)
        {
            case TrainingLoop.Plain:
                pace.Begin();
                PlainLoop.Run(game, pace.Iterated, pace.Stopped);
                break;
            case TrainingLoop.Trainer:
                using (var trainer = new Trainer(game.Setup()))
                {
                    pace.Begin();
                    trainer.Run(pace, pace.Stopped);
                }
                break;
            case TrainingLoop.Run:
                using (var directory = new TemporaryRun(game))
                using (var run = new TrainingRun(game.Setup(), game.Dataset, null, directory.Run, pace, TimeProvider.System))
                {
                    pace.Begin();
                    run.Run(pace.Stopped);
                }
                break;
        }
    }
}
