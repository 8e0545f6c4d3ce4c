namespace PluginGan;

/// <summary>The memory limits of the control groups (containers, services) that the process runs in, by version 1 and 2 of the kernel's
/// interface.</summary>
internal static class ControlGroup
{
    private const string MemoryController = "memory";

    private static readonly Files Version1 = new("memory.limit_in_bytes", "memory.usage_in_bytes", ["total_inactive_file", "total_active_file"]);
    private static readonly Files Version2 = new("memory.max", "memory.current", ["inactive_file", "active_file"]);

    /// <summary>What the groups let the process still take, in bytes, or null without a limit.</summary>
    /// <param name="process">The file that names the groups of the process.</param>
    /// <param name="mounts">The folder in which the groups are mounted.</param>
    public static long? Free(string process = "/proc/self/cgroup", string mounts = "/sys/fs/cgroup") =>
        ProcFile.Lines(process).Select(line => line.Split(':', 3)).SelectMany(group => group switch
        {
            ["0", "", var path] => Upwards(mounts, path).Concat(Upwards($"{mounts}/unified", path)).Select(Version2.Free),
            [_, var controllers, var path] when controllers.Split(',').Contains(MemoryController) => Upwards($"{mounts}/{MemoryController}", path).Select(Version1.Free),
            _ => [],
        }).Min();

    // A group is bound by those around it. In a container the path may be the host's, and only the folder of the mount itself be there.
    private static IEnumerable<string> Upwards(string mount, string path)
    {
        for (path = path.TrimEnd('/'); path.Length > 0; path = path[..path.LastIndexOf('/')])
            yield return mount + path;
        yield return mount;
    }

    private sealed record Files(string Limit, string Usage, string[] Cached)
    {
        // Cached files in the group give way.
        public long? Free(string folder) => ProcFile.Number($"{folder}/{Limit}") is { } limit && ProcFile.Number($"{folder}/{Usage}") is { } used
            ? Math.Max(0, limit - used + Cached.Sum(word => ProcFile.Number($"{folder}/memory.stat", word) ?? 0))
            : null;
    }
}
