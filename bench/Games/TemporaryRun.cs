using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Bench.Games;

/// <summary>A run directory that is gone when it is disposed.</summary>
internal sealed class TemporaryRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plugingan-bench-");

    public TemporaryRun(DcGanGame game) => Run = RunDirectory.Create(folder.FullName, "bench", "{}", new RunManifest
    {
        Version = "bench",
        Created = DateTimeOffset.UtcNow,
        Command = "bench",
        Data = game.Dataset.Spec,
        Plugins = [],
        Device = game.Spec.Device,
        Threads = game.Spec.Threads,
        Torch = torch.__version__,
        Machine = "",
    });

    public RunDirectory Run { get; }

    public void Dispose() => folder.Delete(recursive: true);
}
