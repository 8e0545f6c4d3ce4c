using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>
/// Lets libtorch refuse whatever makes the host wait for a GPU, as <c>torch.cuda.set_sync_debug_mode("error")</c> does in Python. TorchSharp has no binding:
/// the mode is the one field of the object that <c>c10::cuda::warning_state()</c> hands out (c10/cuda/CUDAFunctions.h).
/// </summary>
internal sealed unsafe class WaitingCheck
{
    private const int Off = 0;
    private const int Error = 2;

    // Regions in which a GPU may be waited for all the same: kernels are loaded and workspaces made.
    private const int WarmUp = 10;

    private readonly int* mode;
    private int regions;

    private WaitingCheck(int* mode) => this.mode = mode;

    /// <summary>The switch of the libtorch that is loaded.</summary>
    /// <exception cref="ComponentException">It has none under the names that are known here.</exception>
    public static WaitingCheck Find()
    {
        foreach (var name in new[] { "libc10_cuda.so", "libtorch_cuda.so" })
        {
            if (!NativeLibrary.TryLoad(name, out var library))
                continue;
            if (NativeLibrary.TryGetExport(library, "_ZN3c104cuda13warning_stateEv", out var function))
                return new WaitingCheck(((delegate* unmanaged<int*>)function)());
            // The function is inline; the object within it may be all that is exported.
            if (NativeLibrary.TryGetExport(library, "_ZZN3c104cuda13warning_stateEvE14warning_state_", out var state))
                return new WaitingCheck((int*)state);
        }
        throw new ComponentException($"{TorchBuild.Current()} cannot be told to refuse waiting for a GPU in the way that is known here");
    }

    /// <summary>Begins a region in which waiting is an error, unless it is one of the first.</summary>
    public Region Refuse()
    {
        *mode = ++regions > WarmUp ? Error : Off;
        return new Region(this);
    }

    /// <summary>What ends when it is disposed.</summary>
    public readonly ref struct Region(WaitingCheck? check)
    {
        public void Dispose()
        {
            if (check is not null)
                *check.mode = Off;
        }
    }
}
