using System.Diagnostics;
using System.Text.Json;

namespace PluginGan.Repro;

/// <summary>The host as a user has it: a program that is started with arguments and answers with JSON.</summary>
/// <param name="folder">Where its assembly lies.</param>
/// <param name="runs">The folder of its runs.</param>
/// <param name="device">What it computes on.</param>
/// <param name="threads">Threads on the CPU.</param>
internal sealed class HostProgram(string folder, string runs, string device, int threads)
{
    private const int Unhealthy = 3;

    /// <summary>Threads on the CPU.</summary>
    public int Threads => threads;

    /// <summary>What it computes on.</summary>
    public string Device => device;

    /// <summary>The run of that name on this device, trained to its end: as it stands if it is finished, resumed if it was begun, else begun.</summary>
    /// <param name="name">What tells it from all runs of other recipes, settings and seeds.</param>
    /// <param name="recipe">The recipe's file.</param>
    /// <param name="overrides">What differs from it.</param>
    /// <param name="scored">Whether scores of its end are wanted.</param>
    /// <param name="since">Runs that were begun before are left alone; null takes any.</param>
    /// <exception cref="InvalidOperationException">The host failed.</exception>
    /// <remarks>A run that training itself has broken (not finite, collapsed) is a result, not a failure of the host.</remarks>
    public FinishedRun Train(string name, string recipe, IEnumerable<string> overrides, bool scored = true, DateTimeOffset? since = null)
    {
        // Another device, or another number of threads, has another cost.
        var full = $"{name}-{device.Replace(':', '-')}-{threads}";
        var before = Answer<FinishedRun[]>(["runs", "list", "--runs", runs], quiet: true)
            .LastOrDefault(run => run.Name.Contains($"-{full}-", StringComparison.Ordinal) && (since is null || run.Started >= since));
        // Resuming makes up for an evaluation that was cut short.
        if (before is { Status: "finished" } && (!scored || before.HasItsLastScores))
            return before;
        string[] common = ["--runs", runs, "--device", device, "--threads", $"{threads}"];
        return before is not null
            ? Answer<FinishedRun>(["train", "--resume", before.Path, .. common])
            : Answer<FinishedRun>(["train", recipe, "--name", full, .. overrides.SelectMany(value => new[] { "--set", value }), .. common]);
    }

    /// <summary>Samples of a run, each in a file of its own in a folder.</summary>
    /// <exception cref="InvalidOperationException">The host failed.</exception>
    public IReadOnlyList<string> Sample(FinishedRun run, int count, string target) =>
        Answer<SampleAnswer>(["sample", run.Path, "--count", $"{count}", "--out", $"{target}/", "--device", device, "--threads", $"{threads}"]).Files;

    private T Answer<T>(IEnumerable<string> arguments, bool quiet = false)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "plugingan.dll"), .. arguments, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = quiet };
        using var process = Process.Start(start)!;
        var complaint = quiet ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode is 0 or Unhealthy
            ? JsonSerializer.Deserialize<T>(answer, FinishedRun.Json)!
            : throw new InvalidOperationException($"plugingan {string.Join(' ', arguments)} ended with exit code {process.ExitCode}{(complaint.Result is { Length: > 0 } said ? $": {said.Trim()}" : "")}");
    }

    private sealed record SampleAnswer(IReadOnlyList<string> Files);
}
