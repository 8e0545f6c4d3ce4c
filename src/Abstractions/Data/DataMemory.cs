using System.Globalization;

namespace PluginGan;

/// <summary>Refuses data that does not fit into memory, before memory is taken for it: the system would end the process without a word.</summary>
public static class DataMemory
{
    /// <summary>Bytes that the process may still take: what the machine, the container and the runtime leave it, whichever is least.</summary>
    public static long Available()
    {
        var runtime = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return OperatingSystem.IsLinux() ? new[] { runtime, OfMachine(), OfUnifiedGroup(), OfMemoryGroup() }.Min() : runtime;
    }

    /// <summary>Refuses what would take more memory than there is.</summary>
    /// <param name="bytes">An estimate of what it would take, from what a header or a listing says.</param>
    /// <param name="what">What would take it, with the file: the message begins with it.</param>
    /// <param name="remedy">What would help.</param>
    /// <param name="available">What there is, as <see cref="Available"/> gives it.</param>
    /// <exception cref="ComponentException">It does not fit.</exception>
    public static void Require(double bytes, string what, string remedy, long available)
    {
        if (bytes > available)
            throw new ComponentException($"{what} would take {Text(bytes)} of memory, and {Text(available)} are available; {remedy}");
    }

    private static string Text(double bytes) => bytes < 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e6):0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:#,0.0} GB");

    private static long OfMachine() =>
        Lines("/proc/meminfo").Where(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)).Select(line => Number(line[13..].Replace("kB", "", StringComparison.Ordinal)) * 1024)
            .DefaultIfEmpty(long.MaxValue).First();

    // Cached files count as used, and give way.
    private static long OfUnifiedGroup() => Group("0::") is { } group
        ? Left($"/sys/fs/cgroup{group}", "memory.max", "memory.current", "file ")
        : long.MaxValue;

    private static long OfMemoryGroup() => Lines("/proc/self/cgroup").Select(line => line.Split(':')).FirstOrDefault(parts => parts is [_, var controllers, _] && controllers.Split(',').Contains("memory")) is { } found
        // Within a container its own group is the root.
        ? Math.Min(Left($"/sys/fs/cgroup/memory{found[2]}", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache "), Left("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache "))
        : long.MaxValue;

    private static string? Group(string start) => Lines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..].TrimEnd('/');

    private static long Left(string folder, string limit, string used, string cached)
    {
        if (Lines($"{folder}/{limit}").FirstOrDefault() is not { } most || !long.TryParse(most, out var bytes) || Lines($"{folder}/{used}").FirstOrDefault() is not { } taken)
            return long.MaxValue;
        var givesWay = Lines($"{folder}/memory.stat").Where(line => line.StartsWith(cached, StringComparison.Ordinal)).Select(line => Number(line[cached.Length..])).FirstOrDefault();
        return Math.Max(0, bytes - Number(taken) + givesWay);
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
