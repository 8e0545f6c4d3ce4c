using System.Diagnostics;
using PluginGan.Bench.Results;
using PluginGan.Core;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Bench.Games;

/// <summary>Times checkpoints of a run from outside: for how long no iteration ends, and when the run's history says that one is written.</summary>
internal sealed class CheckpointClock(torch.Device device, int interval, int count) : ITrainingListener, IDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly List<double> iterations = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<double> writes = [];
    private double due;

    /// <summary>Cancelled when enough checkpoints are written.</summary>
    public CancellationToken Ended => end.Token;

    /// <summary>By how much an iteration behind a checkpoint is longer than others, in milliseconds.</summary>
    public IReadOnlyList<double> Stops
    {
        get
        {
            var lengths = iterations.Zip(iterations.Skip(1), (from, to) => to - from).ToList();
            var usual = Statistics.Median(lengths);
            // The first interval warms up.
            return [.. lengths.Where((_, index) => index >= interval && (index + 1) % interval == 0).Select(length => length - usual)];
        }
    }

    /// <summary>From the end of an iteration to the record of its checkpoint, in milliseconds.</summary>
    public IReadOnlyList<double> Writes => [.. writes.Skip(1)];

    public void Iterated(Trainer trainer)
    {
        device.Wait();
        var now = watch.Elapsed.TotalMilliseconds;
        iterations.Add(now);
        if (trainer.Iteration % interval == 0)
            due = now;
        if (writes.Count > count && trainer.Iteration % interval == 1)
            end.Cancel();
    }

    public void Happened(RunEvent happened)
    {
        if (happened.Kind == RunEventKind.Checkpoint && writes.Count <= count)
            writes.Add(watch.Elapsed.TotalMilliseconds - due);
    }

    public void Dispose() => end.Dispose();
}
