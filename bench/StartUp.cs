using System.Diagnostics;

namespace PluginGan.Bench;

/// <summary>How long a user waits for <c>plugins list</c>, on a published host.</summary>
internal static class StartUp
{
    public static void Run(string host, int trials)
    {
        // The first call may learn what the plugins register.
        Time(host);
        var seconds = Enumerable.Range(0, trials).Select(_ => Time(host)).ToList();
        Console.WriteLine($"plugins list, ms: {Statistics.Describe(seconds)}; {trials} starts");
    }

    private static double Time(string host)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(host, "plugingan"), ["plugins", "list"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"plugins list ended with {process.ExitCode}");
    }
}
