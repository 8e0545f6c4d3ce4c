using System.Diagnostics;
using PluginGan.Bench.Results;

namespace PluginGan.Bench.Measures;

/// <summary>How long a user waits for <c>plugins list</c>, on a published host.</summary>
internal sealed class StartUp : IMeasure
{
    public string Name => "startup";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        if (settings.Host is not { } host)
            yield break;
        // The first call may learn what the plugins register.
        Time(host);
        yield return new Measurement("Host, published", "`plugins list`", "ms", [.. Enumerable.Range(0, settings.Count(15, 2)).Select(_ => Time(host))])
        {
            Demanded = new Demand(AtMost: 1000),
        };
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
