using TorchSharp;

namespace PluginGan.Bench.Games;

/// <summary>Waiting for a device that computes behind the program's back.</summary>
internal static class DeviceExtensions
{
    /// <summary>Returns when the device has done all that it was given; at once for the CPU.</summary>
    public static void Wait(this torch.Device device)
    {
        if (device.type == DeviceType.CUDA)
            torch.cuda.synchronize(device);
    }
}
