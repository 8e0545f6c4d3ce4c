using Spectre.Console;

namespace PluginGan.Host.Terminal;

/// <summary>Shows downloads, measurements and other long work: drawn over on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class PreparationProgress(Screen screen, TimeProvider time) : IProgress<ComponentProgress>
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private string? activity;
    private long shown;

    public void Report(ComponentProgress value)
    {
        // Files are hashed and decoded on several threads.
        lock (gate)
            Show(value);
    }

    private void Show(ComponentProgress value)
    {
        var done = value.Done == value.Total;
        // A progress bar draws over its own lines only.
        var live = screen is { Live: true, HasBar: false };
        if (activity == value.Activity && !done && time.GetElapsedTime(shown) < (live ? Often : Seldom))
            return;
        (activity, shown) = (value.Activity, time.GetTimestamp());
        var share = value switch
        {
            { Total: > 0 and var total } => $" {100.0 * value.Done / total:0} %",
            { Done: > 0 } => $" {value.Done / 1e6:0.0} MB",
            _ => "",
        };
        screen.Progress.Write(new Text(live ? $"\r{value.Activity}{share}   {(done ? "\n" : "")}" : $"{value.Activity}{share}\n"));
    }
}
