using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>What a checkpoint was made with. It stands in the checkpoint itself: a resume compares it to what it would go on with.</summary>
public sealed record CheckpointOrigin
{
    /// <summary>The resolved recipe.</summary>
    public required JsonElement Recipe { get; init; }

    /// <summary>The plugins that took part.</summary>
    public required IReadOnlyList<PluginStamp> Plugins { get; init; }

    /// <summary>The version of PluginGan.</summary>
    public required string Version { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string Torch { get; init; }

    /// <summary>The device: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads that torch computes with.</summary>
    public required int Threads { get; init; }

    /// <summary>The training data; null in checkpoints of earlier versions.</summary>
    public DataFingerprint? Data { get; init; }

    /// <summary>The version of the random numbers (<see cref="PluginGan.Draws.Version"/>); 1 where a checkpoint does not say.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>The origin of the checkpoints of a process that trains.</summary>
    /// <param name="recipe">The resolved recipe, as JSON.</param>
    /// <param name="manifest">What the process trains with; on a resume, not the manifest that the run was created with.</param>
    public static CheckpointOrigin Of(string recipe, RunManifest manifest) => new()
    {
        Recipe = JsonElement.Parse(recipe),
        Plugins = manifest.Plugins,
        Version = manifest.Version,
        Torch = manifest.Torch,
        Device = manifest.Device,
        Threads = manifest.Threads,
        Data = manifest.Fingerprint,
        Draws = manifest.Draws,
    };
}
