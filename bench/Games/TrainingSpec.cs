using PluginGan.Core;

namespace PluginGan.Bench.Games;

/// <summary>A training that is timed: the non-saturating DCGAN on 28×28 grey images, Adam at 2e-4, latents and batches from equal seeds.</summary>
internal sealed record TrainingSpec
{
    /// <summary>Who runs it.</summary>
    public TrainingLoop Loop { get; init; } = TrainingLoop.Trainer;

    /// <summary>Whether convolutions and matrix products compute in bfloat16; for the plain loop it must be false.</summary>
    public bool Bf16 { get; init; }

    /// <summary>How images and weights lie in memory; the plain loop leaves them as torch lays them out.</summary>
    public MemoryFormat MemoryFormat { get; init; } = MemoryFormat.Auto;

    /// <summary>Whether the process keeps freed memory, as the host does.</summary>
    public bool KeepsMemory { get; init; } = true;

    /// <summary>Whether garbage is collected before the process's memory is read: what is garbage at the moment varies, and is no growth.</summary>
    public bool Collects { get; init; }

    /// <summary>Real samples in an iteration.</summary>
    public required int Batch { get; init; }

    /// <summary>The option <c>width</c> of <c>dcgan</c>.</summary>
    public required int Width { get; init; }

    /// <summary><c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads to compute with on the CPU.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether the generator's weights are averaged.</summary>
    public bool Averages { get; init; }

    /// <summary>Checkpoints at every so many iterations, 0 for none before the end.</summary>
    public int CheckpointEvery { get; init; }
}
