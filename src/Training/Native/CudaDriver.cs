using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PluginGan.Training;

/// <summary>A device as NVIDIA's driver describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Capability">Its compute capability, such as 9.0.</param>
/// <param name="Memory">Its memory in bytes.</param>
public sealed record CudaDevice(string Name, string Capability, long Memory);

/// <summary>
/// NVIDIA's driver, asked through its own C interface, which is stable where libtorch's is not, and answers whatever libtorch is at hand. Counts devices
/// as libtorch does: after CUDA_VISIBLE_DEVICES.
/// </summary>
public sealed unsafe partial class CudaDriver
{
    // cuda.h
    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

    private readonly nint library;

    private CudaDriver(nint library) => this.library = library;

    /// <summary>The driver, or null where none is installed.</summary>
    public static CudaDriver? Find() =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var library) ? new CudaDriver(library) : null;

    /// <summary>The driver's version and the newest CUDA that it serves.</summary>
    public string Version
    {
        get
        {
            var version = 0;
            var served = ((delegate* unmanaged<int*, int>)Function("cuDriverGetVersion"))(&version) == 0 ? $"serves CUDA up to {version / 1000}.{version % 1000 / 10}" : "serves no CUDA";
            const string Module = "/proc/driver/nvidia/version";
            return File.Exists(Module) && ModuleVersion().Match(File.ReadAllText(Module)) is { Success: true } match ? $"{match.Value}, {served}" : served;
        }
    }

    /// <summary>The devices.</summary>
    /// <exception cref="InvalidOperationException">The driver cannot be used; the message is the driver's.</exception>
    public IReadOnlyList<CudaDevice> Devices()
    {
        Require(((delegate* unmanaged<uint, int>)Function("cuInit"))(0));
        var count = 0;
        Require(((delegate* unmanaged<int*, int>)Function("cuDeviceGetCount"))(&count));
        return [.. Enumerable.Range(0, count).Select(Device)];
    }

    /// <summary>The memory of a device that nobody uses, in bytes, or null where the driver does not say. Opens the device for this process.</summary>
    public long? Free(int index)
    {
        nuint free, total;
        nint context;
        var known = ((delegate* unmanaged<uint, int>)Function("cuInit"))(0) == 0
            // Kept: whoever asks is about to compute there.
            && ((delegate* unmanaged<nint*, int, int>)Function("cuDevicePrimaryCtxRetain"))(&context, index) == 0
            && ((delegate* unmanaged<nint, int>)Function("cuCtxPushCurrent_v2"))(context) == 0;
        if (!known)
            return null;
        known = ((delegate* unmanaged<nuint*, nuint*, int>)Function("cuMemGetInfo_v2"))(&free, &total) == 0;
        ((delegate* unmanaged<nint*, int>)Function("cuCtxPopCurrent_v2"))(&context);
        return known ? (long)free : null;
    }

    private CudaDevice Device(int index)
    {
        int device, major, minor;
        nuint memory;
        var name = stackalloc byte[256];
        Require(((delegate* unmanaged<int*, int, int>)Function("cuDeviceGet"))(&device, index));
        Require(((delegate* unmanaged<byte*, int, int, int>)Function("cuDeviceGetName"))(name, 256, device));
        Require(((delegate* unmanaged<nuint*, int, int>)Function("cuDeviceTotalMem_v2"))(&memory, device));
        var attribute = (delegate* unmanaged<int*, int, int, int>)Function("cuDeviceGetAttribute");
        Require(attribute(&major, CapabilityMajor, device));
        Require(attribute(&minor, CapabilityMinor, device));
        return new CudaDevice(Marshal.PtrToStringUTF8((nint)name)!, $"{major}.{minor}", (long)memory);
    }

    private nint Function(string name) => NativeLibrary.GetExport(library, name);

    private void Require(int result)
    {
        if (result == 0)
            return;
        byte* text = null;
        _ = ((delegate* unmanaged<int, byte**, int>)Function("cuGetErrorString"))(result, &text);
        throw new InvalidOperationException($"NVIDIA's driver says: {Marshal.PtrToStringUTF8((nint)text) ?? "unknown error"} ({result})");
    }

    [GeneratedRegex(@"(?<=Module.*?)\d+(\.\d+)+")]
    private static partial Regex ModuleVersion();
}
