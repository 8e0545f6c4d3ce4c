using PluginGan.Bench.Games;

namespace PluginGan.Bench;

/// <summary>How much is measured, and where.</summary>
internal sealed record BenchSettings
{
    /// <summary><c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of trainings on the CPU.</summary>
    public required int Threads { get; init; }

    /// <summary>Repetitions, or alternating pairs.</summary>
    public required int Trials { get; init; }

    /// <summary>A few iterations of small networks only, to see that everything runs: the values mean nothing.</summary>
    public required bool Smoke { get; init; }

    /// <summary>A published host, or null.</summary>
    public required string? Host { get; init; }

    /// <summary>The batches that trainings are compared at.</summary>
    public IReadOnlyList<int> Batches => Smoke ? [8] : [64, 128];

    /// <summary>Whether bounds that were set for the CPU apply.</summary>
    public bool OnCpu => Device == "cpu";

    /// <summary>Iterations before anything is timed: enough for the just-in-time compiler and for libraries that choose kernels.</summary>
    public int WarmUp => Smoke ? 1 : OnCpu ? 8 : 100;

    /// <summary>Iterations that are timed together where single ones are of interest: a GPU must not be waited for after each.</summary>
    public int Together => Smoke || OnCpu ? 1 : 50;

    /// <summary>A training at the size that is measured.</summary>
    public TrainingSpec Training(int batch) => new() { Batch = batch, Width = Smoke ? 4 : 64, Device = Device, Threads = Threads };

    /// <summary>Less of something in a smoke test.</summary>
    public int Count(int full, int smoke) => Smoke ? smoke : full;
}
