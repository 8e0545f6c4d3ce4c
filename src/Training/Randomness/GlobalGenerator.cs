using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// torch's global generators: for initial weights, and for plugins that draw by torch's own functions instead of <see cref="Draws"/>.
/// TorchSharp's <c>manual_seed</c> reaches the one of the CPU only.
/// </summary>
public static class GlobalGenerator
{
    /// <summary>Seeds the generator of the CPU, and those of the GPUs where the device is one. Nothing waits for the device.</summary>
    public static void Seed(Device device, ulong seed)
    {
        manual_seed(unchecked((long)seed)).Dispose();
        if (device.type == DeviceType.CUDA)
            cuda.manual_seed_all(unchecked((long)seed));
    }
}
