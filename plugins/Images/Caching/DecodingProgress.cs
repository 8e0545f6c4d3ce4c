namespace PluginGan.Plugins.Images.Caching;

/// <summary>Counts what several threads have done, and tells now and then.</summary>
internal sealed class DecodingProgress(IProgress<ComponentProgress>? progress, string activity, long total)
{
    private const int Interval = 64;

    private readonly Lock telling = new();
    private long done;

    /// <summary>One more is done.</summary>
    public void Add()
    {
        if (progress is null)
            return;
        lock (telling)
        {
            done++;
            if (done % Interval == 0 || done == total)
                progress.Report(new ComponentProgress(activity, done, total));
        }
    }
}
