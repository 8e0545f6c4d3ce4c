using TorchSharp;

namespace PluginGan.Training;

/// <summary>How much memory is there for a training.</summary>
public static class DeviceMemory
{
    /// <summary>What a device has left, in bytes, or null where that is not known.</summary>
    public static long? Available(torch.Device device) => device.type switch
    {
        DeviceType.CPU => OperatingSystem.IsLinux() ? new[] { FreeOnMachine(), FreeInGroup() }.Min() : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        DeviceType.CUDA => CudaDriver.Find()?.Free(Math.Max(0, device.index)),
        _ => null,
    };

    private static long? FreeOnMachine() => Lines("/proc/meminfo").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words[0] == "MemAvailable:").Select(words => (long?)long.Parse(words[1]) * 1024).FirstOrDefault();

    /// <summary>What the process's control group (a container, a service) may still take. Cached files in it give way.</summary>
    private static long? FreeInGroup()
    {
        var path = Lines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?[3..];
        if (path is null)
            return null;
        var folder = $"/sys/fs/cgroup{path.TrimEnd('/')}";
        if (!long.TryParse(Lines($"{folder}/memory.max").FirstOrDefault(), out var limit) || !long.TryParse(Lines($"{folder}/memory.current").FirstOrDefault(), out var used))
            return null;
        var cached = Lines($"{folder}/memory.stat").Where(line => line.StartsWith("file ", StringComparison.Ordinal)).Select(line => long.Parse(line[5..])).FirstOrDefault();
        return Math.Max(0, limit - used + cached);
    }

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
