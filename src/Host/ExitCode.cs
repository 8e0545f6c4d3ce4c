namespace PluginGan.Host;

/// <summary>How the process ends. The README has the same table.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
    public const int Unhealthy = 3;

    /// <summary>As a shell says it of a process that SIGINT has ended.</summary>
    public const int Interrupted = 130;

    /// <summary>What each means.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Table { get; } =
    [
        (Done, "done"),
        (Failed, "failed"),
        (BadUsage, "bad usage, recipe or data: nothing was begun"),
        (Unhealthy, "stopped by a rule of [health](docs/health.md)"),
        (Interrupted, "interrupted, in a training after a checkpoint"),
    ];
}
