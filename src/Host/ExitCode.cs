namespace PluginGan.Host;

/// <summary>How the process ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
    public const int Unhealthy = 3;
    public const int Interrupted = 130;
}
