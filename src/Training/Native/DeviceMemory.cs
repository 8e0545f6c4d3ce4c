using TorchSharp;

namespace PluginGan.Training;

/// <summary>How much memory is there for a training.</summary>
public static class DeviceMemory
{
    /// <summary>What a device has left, in bytes, or null where that is not known.</summary>
    public static long? Available(torch.Device device) => device.type switch
    {
        DeviceType.CPU => OperatingSystem.IsLinux()
            ? new[] { DataMemory.Free(), AllocationLimit.Free() }.Min()
            : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        DeviceType.CUDA => CudaDriver.Find()?.Free(Math.Max(0, device.index)),
        _ => null,
    };
}
