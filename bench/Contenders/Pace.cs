using System.Diagnostics;
using System.Text.Json;
using PluginGan.Bench.Games;
using PluginGan.Core;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Bench.Contenders;

/// <summary>
/// The child's side of a race: halts the loop in which it is called until the parent says how many iterations to run, and answers with the time that
/// they took. The loop is built and warmed up once; while another contender runs, this one waits for a line on standard input.
/// </summary>
internal sealed class Pace(torch.Device device, bool collects) : ITrainingObserver, ITrainingListener, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Stopwatch watch = new();
    private long left;

    /// <summary>Cancelled when the parent has closed the input: the race is over.</summary>
    public CancellationToken Stopped => stop.Token;

    /// <summary>Says that the loop is ready, and waits for the first order.</summary>
    public void Begin()
    {
        Console.Out.WriteLine("ready");
        Await();
    }

    /// <summary>An iteration is done.</summary>
    public void Iterated()
    {
        if (--left > 0 || Stopped.IsCancellationRequested)
            return;
        device.Wait();
        var seconds = watch.Elapsed.TotalSeconds;
        if (collects)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        Console.Out.WriteLine(JsonSerializer.Serialize(new Lap(seconds, Environment.WorkingSet, torch.Tensor.TotalCount), Lap.Json));
        Await();
    }

    void ITrainingListener.Iterated(Trainer trainer) => Iterated();

    void ITrainingListener.Happened(RunEvent happened)
    {
        if (happened.Kind == RunEventKind.Warning)
            Console.Error.WriteLine(happened.Text);
    }

    public void Dispose() => stop.Dispose();

    private void Await()
    {
        if (!long.TryParse(Console.In.ReadLine(), out left))
            stop.Cancel();
        watch.Restart();
    }
}
