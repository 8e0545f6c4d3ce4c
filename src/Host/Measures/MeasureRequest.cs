using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using TorchSharp;

namespace PluginGan.Host.Measures;

/// <summary>What <c>evaluate</c> was asked for, whatever it measures.</summary>
internal sealed record MeasureRequest
{
    public required PluginCatalogue Catalogue { get; init; }

    public required ComponentFactory Factory { get; init; }

    public required torch.Device Device { get; init; }

    /// <summary>The evaluators by name; null for the usual ones.</summary>
    public required IReadOnlyList<string>? Metrics { get; init; }

    public required MeasureSettings Settings { get; init; }

    /// <summary>How many samples of each kind; null for the usual number.</summary>
    public required int? Samples { get; init; }

    public required ulong? Seed { get; init; }

    /// <summary>Whether the model of a run's best evaluation is measured, instead of its last.</summary>
    public required bool Best { get; init; }

    /// <summary>How many random halves are measured for intervals.</summary>
    public required int Resamples { get; init; }

    public required string? SaveFeatures { get; init; }

    /// <summary>Told what a person should know of what is measured.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>Told what was chosen.</summary>
    public required Action<string> Say { get; init; }

    public required CancellationToken Stopping { get; init; }

    public IReadOnlyList<ComponentDescription> Components => Catalogue.Components;
}
