using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>
/// glibc's allocator hands every large block back to the kernel when it is freed, and the next iteration faults the same pages in again. A training
/// loop that allocates the same tensors over and over is faster where the process keeps them (docs/results.md).
/// </summary>
public static class Allocator
{
    // malloc.h
    private const int TrimThreshold = -1;
    private const int MostMappings = -4;

    /// <summary>Lets the process keep what it frees, for as long as it lives. Belongs at a program's start.</summary>
    /// <returns>Whether there was something to set: only glibc has it.</returns>
    public static unsafe bool KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var library) || !NativeLibrary.TryGetExport(library, "mallopt", out var address))
            return false;
        var mallopt = (delegate* unmanaged<int, int, int>)address;
        return mallopt(MostMappings, 0) == 1 && mallopt(TrimThreshold, int.MaxValue) == 1;
    }
}
