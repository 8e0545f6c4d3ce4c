using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Automatic mixed precision: within a region, convolutions and matrix products compute in bfloat16 from float32 weights. TorchSharp has no
/// binding for it, so the functions of libtorch itself are called by their C++ names, which may change with its version: hence <see cref="Find"/>.
/// </summary>
internal sealed unsafe class Autocast
{
    private const sbyte BFloat16 = (sbyte)ScalarType.BFloat16;

    private readonly sbyte device;
    private readonly delegate* unmanaged<sbyte, byte, void> setEnabled;
    private readonly delegate* unmanaged<sbyte, sbyte, void> setType;
    private readonly delegate* unmanaged<int> increment;
    private readonly delegate* unmanaged<int> decrement;
    private readonly delegate* unmanaged<void> clearCache;

    private Autocast(DeviceType device, nint library)
    {
        this.device = (sbyte)device;
        setEnabled = (delegate* unmanaged<sbyte, byte, void>)NativeLibrary.GetExport(library, "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb");
        setType = (delegate* unmanaged<sbyte, sbyte, void>)NativeLibrary.GetExport(library, "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");
        increment = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "_ZN2at8autocast17increment_nestingEv");
        decrement = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "_ZN2at8autocast17decrement_nestingEv");
        clearCache = (delegate* unmanaged<void>)NativeLibrary.GetExport(library, "_ZN2at8autocast11clear_cacheEv");
    }

    /// <summary>The functions of the libtorch that is loaded.</summary>
    /// <exception cref="ComponentException">It has none of these names.</exception>
    public static Autocast Find(DeviceType device)
    {
        try
        {
            return new Autocast(device, NativeLibrary.Load(OperatingSystem.IsWindows() ? "torch_cpu.dll" : "libtorch_cpu.so"));
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new ComponentException($"training.precision: libtorch {__version__} does not offer bf16 in the way that is known here ({error.Message.Trim()}); use \"fp32\"", error);
        }
    }

    /// <summary>Whether <see cref="Find"/> would find them.</summary>
    public static bool IsOffered
    {
        get
        {
            try
            {
                Find(DeviceType.CPU);
                return true;
            }
            catch (ComponentException)
            {
                return false;
            }
        }
    }

    /// <summary>Begins a region on this thread. Backward belongs outside: it computes in the types that the forward pass chose.</summary>
    public Region Enter()
    {
        Switch(true);
        setType(device, BFloat16);
        increment();
        return new Region(this, on: true);
    }

    /// <summary>Takes a part out of a region.</summary>
    public Region Leave()
    {
        Switch(false);
        return new Region(this, on: false);
    }

    private void Switch(bool on) => setEnabled(device, on ? (byte)1 : (byte)0);

    /// <summary>What ends when it is disposed.</summary>
    public readonly ref struct Region(Autocast? autocast, bool on)
    {
        public void Dispose()
        {
            autocast?.Switch(!on);
            // The cache holds weights cast to bfloat16; the next step changes them.
            if (autocast is not null && on && autocast.decrement() == 0)
                autocast.clearCache();
        }
    }
}
