using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>An endless stream of scaled batches on the device, in an order that depends on the seed only.</summary>
public abstract class BatchSource(Dataset dataset, ulong seed, Device device) : IDisposable
{
    /// <summary>Above this size, or half of what the device has left, a data set in memory is streamed instead of being kept on the device.</summary>
    public const long ResidentLimit = 4L << 30;

    /// <summary>The samples handed out so far: the one counter that a checkpoint keeps.</summary>
    public long Consumed { get; protected set; }

    /// <summary>What the source keeps on the device for as long as it lives, in bytes.</summary>
    public virtual long ResidentBytes => 0;

    /// <summary>Whether it reads the data set on another thread: who wants to read it meanwhile opens it once more.</summary>
    public virtual bool ReadsAhead => false;

    /// <summary>What it yields.</summary>
    public DataSpec Spec { get; } = dataset.Spec;

    /// <summary>Where the data is read from.</summary>
    protected internal Dataset Dataset { get; } = dataset;

    /// <summary>The seed of the order and of what is drawn while reading.</summary>
    protected ulong Seed { get; } = seed;

    /// <summary>Where batches are wanted.</summary>
    protected Device Device { get; } = device;

    /// <summary>Chooses how to feed a data set: resident on the device where it is in memory and fits, streamed with prefetch where not.</summary>
    /// <param name="dataset">The data; it stays the caller's.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="device">Where batches are wanted.</param>
    /// <param name="placement">Where it is to be kept.</param>
    /// <exception cref="ComponentException">Resident was asked for, and the data set is not in memory or does not fit.</exception>
    public static BatchSource Open(Dataset dataset, ulong seed, Device device, DataPlacement placement = DataPlacement.Auto)
    {
        var resident = dataset is IInMemory and not IDrawsBatches;
        if (placement == DataPlacement.Resident && !resident)
            throw new ComponentException($"training.data: this dataset is not held in memory, so it cannot be resident; use \"auto\" or \"streamed\"");
        if (resident && placement != DataPlacement.Streamed)
        {
            // On the CPU the data set is where it is anyway.
            var left = device.type == DeviceType.CPU ? null : DeviceMemory.Available(device);
            var size = Bytes((IInMemory)dataset);
            if (placement == DataPlacement.Resident && size > left)
                throw new ComponentException($"training.data: the data set takes {size / 1e9:0.0} GB, and {device} has {left / 1e9:0.0} GB left; use \"auto\" or \"streamed\"");
            resident = placement == DataPlacement.Resident || size <= Math.Min(ResidentLimit, left / 2 ?? long.MaxValue);
        }
        return resident && placement != DataPlacement.Streamed
            ? new ResidentSource(dataset, (IInMemory)dataset, seed, device)
            : new StreamingSource(dataset, seed, device);
    }

    /// <summary>The next batch; the caller disposes it.</summary>
    public abstract Batch Next(int count);

    /// <summary>Continues as if that many samples had been handed out.</summary>
    public virtual void Resume(long consumed) => Consumed = consumed;

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The size of a data set in memory, in its storage types.</summary>
    protected static long Bytes(IInMemory memory) =>
        new[] { memory.Samples, memory.Conditions }.OfType<Tensor>().Sum(tensor => tensor.NumberOfElements * tensor.ElementSize);
}
