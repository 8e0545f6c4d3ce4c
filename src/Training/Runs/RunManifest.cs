using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>What a run was made with; <c>manifest.json</c> in the run directory. With the recipe and the weights it is all that sampling needs.</summary>
public sealed record RunManifest
{
    /// <summary>The version of PluginGan.</summary>
    public required string Version { get; init; }

    /// <summary>When the run was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The command line.</summary>
    public required string Command { get; init; }

    /// <summary>What the data looks like.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>What the training data was when the run was created; null in runs of earlier versions.</summary>
    public DataFingerprint? Fingerprint { get; init; }

    /// <summary>The plugins that took part.</summary>
    public required IReadOnlyList<PluginStamp> Plugins { get; init; }

    /// <summary>The device: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads that torch computes with; a resume uses as many, since sums depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>The version of the random numbers (<see cref="PluginGan.Draws.Version"/>); 1 where a manifest does not say.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>The version of libtorch.</summary>
    public required string Torch { get; init; }

    /// <summary>The operating system and architecture.</summary>
    public required string Machine { get; init; }

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}

/// <summary>A plugin as it was when a run was made.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Version">The assembly's informational version.</param>
/// <param name="Sha256">The hash over the files of its folder.</param>
public sealed record PluginStamp(string Name, string Version, string Sha256);
