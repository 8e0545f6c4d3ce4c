using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Keeps the whole data set on the device in its storage type, and gathers and scales batches there.</summary>
internal sealed class ResidentSource : BatchSource
{
    private readonly ShuffledOrder order;
    private readonly Tensor samples;
    private readonly Tensor? conditions;

    public ResidentSource(Dataset dataset, IInMemory memory, ulong seed, Device device)
        : base(dataset, seed, device)
    {
        using var scope = NewDisposeScope();
        ResidentBytes = Bytes(memory);
        order = new ShuffledOrder(dataset.Count, seed, device);
        samples = OnDevice(memory.Samples);
        conditions = memory.Conditions is { } stored ? OnDevice(stored) : null;
    }

    public override long ResidentBytes { get; }

    public override Batch Next(int count)
    {
        using var scope = NewDisposeScope();
        var indices = order.Take(Consumed, count);
        var batch = Scaling.Scale(samples.index_select(0, indices), conditions?.index_select(0, indices), Spec);
        batch.Samples.MoveToOuterDisposeScope();
        batch.Condition?.MoveToOuterDisposeScope();
        Consumed += count;
        return batch;
    }

    public override void Dispose()
    {
        order.Dispose();
        samples.Dispose();
        conditions?.Dispose();
    }

    // An alias, so that disposing the source leaves the dataset's own tensor alone where both lie on the same device.
    private Tensor OnDevice(Tensor tensor) => tensor.to(Device).alias().DetachFromDisposeScope();
}
