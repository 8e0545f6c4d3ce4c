namespace PluginGan;

/// <summary>Refuses data that does not fit into memory, before memory is taken for it: the system would kill the process.</summary>
public static class DataMemory
{
    /// <summary>Bytes that the process may still take: the least of what the machine, the container and the runtime leave it.</summary>
    public static long Available() => new[] { Free(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes }.OfType<long>().Min();

    /// <summary>What the machine and the container leave, for native memory too; null where the system does not say.</summary>
    internal static long? Free() => new[] { ProcFile.Number("/proc/meminfo", "MemAvailable"), ControlGroup.Free() }.Min();

    /// <summary>Refuses what would take more memory than there is.</summary>
    /// <param name="bytes">An estimate of what it would take, from what a header or a listing says.</param>
    /// <param name="what">What would take it, with the file: the message begins with it.</param>
    /// <param name="remedy">What would help.</param>
    /// <param name="available">What there is, as <see cref="Available"/> gives it.</param>
    /// <exception cref="ComponentException">It does not fit.</exception>
    public static void Require(double bytes, string what, string remedy, long available)
    {
        if (bytes > available)
            throw new ComponentException($"{what} would take {ByteText.Of(bytes)} of memory, and {ByteText.Of(available)} are available; {remedy}");
    }
}
