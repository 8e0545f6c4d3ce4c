using System.Runtime.InteropServices;
using PluginGan.Host.Plugins;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>What a run computes on.</summary>
internal sealed record Machine(torch.Device Device, int Threads)
{
    /// <summary>More threads than that do not make it faster: each operation waits for the last of them. Other machines' runs may have more
    /// than this one has cores.</summary>
    public static int MostThreads { get; } = Math.Max(128, 4 * Environment.ProcessorCount);

    /// <summary>Loads libtorch, sets the threads (null leaves torch's choice) and finds the device.</summary>
    /// <exception cref="UsageException">There is no such device, or no use in so many threads.</exception>
    public static Machine Use(string device, int? threads)
    {
        Allocator.KeepFreedMemory();
        NativeTorch.Load();
        if (threads < 1 || threads > MostThreads)
            throw new UsageException($"--threads must be a whole number from 1 to {MostThreads}, but is {threads}");
        if (threads is { } wanted)
            torch.set_num_threads(wanted);
        return new Machine(DeviceChoice.Parse(device), torch.get_num_threads());
    }

    public RunManifest Manifest(DataSpec data, IReadOnlyList<PluginStamp> plugins, TimeProvider time) => new()
    {
        Version = PluginMetadata.ContractVersion,
        Created = time.GetLocalNow(),
        Command = string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Prepend("plugingan")),
        Data = data,
        Plugins = plugins,
        Device = Device.ToString(),
        Threads = Threads,
        Draws = Draws.Version,
        Torch = TorchBuild.Current().ToString(),
        Machine = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}",
    };
}
