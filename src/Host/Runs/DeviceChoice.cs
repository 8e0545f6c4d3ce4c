using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>The device that <c>--device</c> names.</summary>
internal static class DeviceChoice
{
    /// <summary>The device of that name on this machine: cpu, cuda, cuda:N, or auto for the first GPU where there is one.</summary>
    /// <exception cref="UsageException">There is none; the message says why and what would be right.</exception>
    public static torch.Device Parse(string name) => Parse(name, torch.cuda.is_available() ? torch.cuda.device_count() : 0, () => WhyNone(TorchBuild.Current(), CudaDriver.Find()));

    /// <summary>The device of that name among so many GPUs.</summary>
    /// <param name="name">As the user wrote it.</param>
    /// <param name="gpus">How many libtorch can use.</param>
    /// <param name="whyNone">Why it can use none, and what to do about it.</param>
    internal static torch.Device Parse(string name, int gpus, Func<string> whyNone)
    {
        if (name == "cpu" || (name == "auto" && gpus == 0))
            return torch.CPU;
        var index = 0;
        if (name is not ("auto" or "cuda") && (!name.StartsWith("cuda:", StringComparison.Ordinal) || !int.TryParse(name["cuda:".Length..], out index) || index < 0))
            throw new UsageException($"--device: there is no device '{name}'; use auto, cpu, cuda or cuda:N");
        if (gpus == 0)
            throw new UsageException($"--device: '{name}' cannot be used: {whyNone()}, or use --device cpu");
        if (index >= gpus)
            throw new UsageException($"--device: there is no '{name}': libtorch sees {gpus} GPU{(gpus == 1 ? "" : "s")}, {string.Join(", ", Enumerable.Range(0, gpus).Select(gpu => $"cuda:{gpu}"))}");
        return new torch.Device(DeviceType.CUDA, index);
    }

    /// <summary>Why libtorch sees no GPU, and what to do.</summary>
    internal static string WhyNone(TorchBuild build, CudaDriver? driver)
    {
        if (build.Cuda is null)
            return $"{build} is at work; build with -p:Torch=cuda-linux, or name the folder of a CUDA build in {NativeTorch.Variable}";
        if (driver is null)
            return $"{build} is at work, but NVIDIA's driver is not installed (libcuda.so.1 cannot be loaded); install it";
        try
        {
            return driver.Devices().Count == 0
                ? "NVIDIA's driver shows no GPU; look at CUDA_VISIBLE_DEVICES"
                : $"{build} sees none of the GPUs that the driver shows ({driver.Version}); install a driver that serves CUDA {build.Cuda}";
        }
        catch (InvalidOperationException problem)
        {
            return $"{problem.Message}; mend the driver";
        }
    }
}
