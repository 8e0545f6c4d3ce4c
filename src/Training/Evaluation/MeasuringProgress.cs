namespace PluginGan.Training;

/// <summary>
/// Reports an activity that takes longer than two seconds, and again at intervals until it ends: however silent it is itself, nobody waits
/// without a sign.
/// </summary>
internal sealed class MeasuringProgress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly string activity;
    private readonly IProgress<ComponentProgress> progress;
    private readonly TimeProvider time;
    private readonly long begun;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private (long Done, long Total)? reached;
    private bool shown;
    private bool ended;

    /// <param name="activity">What is being done: <c>measuring kid</c>.</param>
    /// <param name="progress">Where it is reported, from a thread of the timer.</param>
    /// <param name="time">The clock.</param>
    public MeasuringProgress(string activity, IProgress<ComponentProgress> progress, TimeProvider time)
    {
        (this.activity, this.progress, this.time, begun) = (activity, progress, time, time.GetTimestamp());
        timer = time.CreateTimer(_ => Report(), null, Patience, Interval);
    }

    /// <summary>How far it has come; the next report says it.</summary>
    public void At(long done, long total)
    {
        lock (gate)
            reached = (done, total);
    }

    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            ended = true;
            if (shown)
                progress.Report(new ComponentProgress(activity, 1, 1));
        }
    }

    private void Report()
    {
        lock (gate)
        {
            if (ended)
                return;
            shown = true;
            progress.Report(reached is { } share
                ? new ComponentProgress(activity, Math.Min(share.Done, share.Total - 1), share.Total)
                : new ComponentProgress($"{activity}, {time.GetElapsedTime(begun).TotalSeconds:0} s", 0, null));
        }
    }
}
