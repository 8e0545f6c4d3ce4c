using System.Diagnostics;
using PluginGan.Training;

namespace PluginGan.Bench.Games;

/// <summary>A training in this process whose iterations are timed.</summary>
internal static class TimedTraining
{
    /// <summary>Runs the trainer.</summary>
    /// <param name="spec">What to train.</param>
    /// <param name="settings">How long its warm-up is, and how many iterations are timed together.</param>
    /// <param name="count">How many times are taken.</param>
    /// <returns>Milliseconds of an iteration.</returns>
    public static IReadOnlyList<double> Iterations(TrainingSpec spec, BenchSettings settings, int count)
    {
        using var game = new DcGanGame(spec);
        using var trainer = new Trainer(game.Setup());
        using var observer = new Observer(game.Device, settings, count);
        trainer.Run(observer, observer.Stopped);
        return observer.Times;
    }

    private sealed class Observer(TorchSharp.torch.Device device, BenchSettings settings, int count) : ITrainingObserver, IDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly List<double> times = [];
        private readonly Stopwatch watch = new();
        private long iterations = -settings.WarmUp;

        public CancellationToken Stopped => stop.Token;

        public IReadOnlyList<double> Times => times;

        public void Iterated()
        {
            if (++iterations < 0 || iterations % settings.Together != 0 || times.Count == count)
                return;
            device.Wait();
            if (iterations > 0)
                times.Add(watch.Elapsed.TotalMilliseconds / settings.Together);
            if (times.Count == count)
                stop.Cancel();
            watch.Restart();
        }

        public void Dispose() => stop.Dispose();
    }
}
