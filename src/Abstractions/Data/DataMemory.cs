using System.Globalization;

namespace PluginGan;

/// <summary>Refuses data that does not fit into memory, before memory is taken for it: the system would kill the process.</summary>
public static class DataMemory
{
    /// <summary>Bytes that the process may still take: the least of what the machine, the container and the runtime leave it.</summary>
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

    private static long OfMachine() => Starting("/proc/meminfo", "MemAvailable:") is { } line
        ? Number(line.Replace("kB", "", StringComparison.Ordinal)) * 1024
        : long.MaxValue;

    // Cached files count as used, and give way.
    private static long OfUnifiedGroup() => Starting("/proc/self/cgroup", "0::") is { } group
        ? Left($"/sys/fs/cgroup{group.TrimEnd('/')}", "memory.max", "memory.current", "file ")
        : long.MaxValue;

    private static long OfMemoryGroup()
    {
        var groups = Lines("/proc/self/cgroup").Select(line => line.Split(':'));
        var own = groups.FirstOrDefault(parts => parts is [_, var controllers, _] && controllers.Split(',').Contains("memory"))?[2];
        // Within a container its own group is the root.
        return own is null ? long.MaxValue : Math.Min(Of("/sys/fs/cgroup/memory" + own), Of("/sys/fs/cgroup/memory"));

        static long Of(string folder) => Left(folder, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache ");
    }

    private static long Left(string folder, string limit, string used, string cached)
    {
        var (most, taken) = (Lines($"{folder}/{limit}").FirstOrDefault(), Lines($"{folder}/{used}").FirstOrDefault());
        if (taken is null || !long.TryParse(most, out var bytes))
            return long.MaxValue;
        var givesWay = Starting($"{folder}/memory.stat", cached) is { } line ? Number(line) : 0;
        return Math.Max(0, bytes - Number(taken) + givesWay);
    }

    // The rest of the first line that begins so.
    private static string? Starting(string path, string start) =>
        Lines(path).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..];

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
