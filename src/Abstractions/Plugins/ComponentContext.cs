using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace PluginGan;

/// <summary>What the host tells a component when it is created.</summary>
public sealed class ComponentContext
{
    /// <summary>The device that the run computes on. Informative: the host moves tensors and modules, a component never does.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>A seed that belongs to this component in this run.</summary>
    public ulong Seed { get; init; }

    /// <summary>The data of the run; null while the dataset itself is being opened.</summary>
    public DataSpec? Data { get; init; }

    /// <summary>Loggers for diagnostic messages.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Receives the progress of long preparations such as downloads.</summary>
    public IProgress<ComponentProgress>? Progress { get; init; }

    /// <summary>The folder where downloaded and derived data is kept between runs. It may not exist yet.</summary>
    public required string DataFolder { get; init; }

    /// <summary>How <see cref="Open"/> finds datasets; null where there are none to be had.</summary>
    public Func<DatasetChoice, Dataset>? Datasets { get; init; }

    /// <summary>Cancelled when the user interrupts. To be heeded only while the component is being made (downloads): a running iteration is always ended.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Opens the dataset that an option names. It belongs to the component that opens it, which disposes it.</summary>
    /// <exception cref="ComponentException">The dataset cannot be opened.</exception>
    public Dataset Open(DatasetChoice choice) =>
        Datasets is null ? throw new ComponentException($"the dataset '{choice.Name}' cannot be opened here") : Datasets(choice);
}
