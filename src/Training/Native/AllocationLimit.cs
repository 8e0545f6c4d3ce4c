using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>
/// Linux grants memory that it does not have and kills the process that touches it. Under a limit of the process itself (setrlimit,
/// RLIMIT_DATA) an allocation fails instead, and libtorch throws. The limit counts what may be written: heap, tensors and stacks, not the
/// address space that .NET sets aside, nor mapped files.
/// </summary>
internal sealed unsafe class AllocationLimit : IDisposable
{
    // resource.h
    private const int DataLimit = 2;
    private const int AddressLimit = 9;
    private const string Status = "/proc/self/status";

    // The limit belongs to the process: the first that asks sets it, the last that ends takes it back.
    private static readonly Lock Gate = new();
    private static int holders;
    private static Limit before;

    private AllocationLimit()
    {
    }

    /// <summary>What the process may write to, in bytes; null where that is not known.</summary>
    public static long? Allocated => ProcFile.Number(Status, "VmData");

    /// <summary>Lets allocations fail beyond so many more bytes until it is disposed, or until the limits of others have ended that were
    /// set before. Null where there is no such limit.</summary>
    public static AllocationLimit? Set(long bytes)
    {
        lock (Gate)
        {
            if (holders > 0)
            {
                holders++;
                return new AllocationLimit();
            }
            if (Allocated is not { } allocated || Read(DataLimit) is not { } limit)
                return null;
            before = limit;
            if (!Write(limit with { Soft = Math.Min(limit.Soft, (ulong)(allocated + bytes)) }))
                return null;
            holders = 1;
            return new AllocationLimit();
        }
    }

    /// <summary>What limits that the process was started with (ulimit) let it still take, in bytes, or null without one.</summary>
    public static long? Free()
    {
        return new[] { Left(DataLimit, "VmData"), Left(AddressLimit, "VmSize") }.Min();

        static long? Left(int resource, string taken) => Read(resource) is { } limit && limit.Soft <= long.MaxValue && ProcFile.Number(Status, taken) is { } used
            ? Math.Max(0, (long)limit.Soft - used)
            : null;
    }

    /// <summary>The address space that the process may use (ulimit -v), in bytes, or null without such a limit.</summary>
    public static long? AddressSpace() => Read(AddressLimit) is { Soft: <= long.MaxValue and var bytes } ? (long)bytes : null;

    public void Dispose()
    {
        lock (Gate)
        {
            if (--holders == 0)
                Write(before);
        }
    }

    private static Limit? Read(int resource)
    {
        var limit = default(Limit);
        return Function("getrlimit") is { } call && ((delegate* unmanaged<int, Limit*, int>)call)(resource, &limit) == 0 ? limit : null;
    }

    private static bool Write(Limit limit) => Function("setrlimit") is { } call && ((delegate* unmanaged<int, Limit*, int>)call)(DataLimit, &limit) == 0;

    private static nint? Function(string name) =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, name, out var address) ? address : null;

    /// <summary>struct rlimit.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);
}
