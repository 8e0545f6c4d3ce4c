namespace PluginGan.Bench.Games;

/// <summary>The most memory that the process was seen to hold while this lived.</summary>
internal sealed class ResidentPeak : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim over = new();
    private readonly Thread watch;

    public ResidentPeak()
    {
        Bytes = Environment.WorkingSet;
        watch = new Thread(() =>
        {
            while (!over.Wait(Interval))
                Look();
        });
        watch.Start();
    }

    /// <summary>Bytes of resident memory, at most.</summary>
    public long Bytes { get; private set; }

    public void Dispose()
    {
        over.Set();
        watch.Join();
        over.Dispose();
        Look();
    }

    private void Look() => Bytes = Math.Max(Bytes, Environment.WorkingSet);
}
