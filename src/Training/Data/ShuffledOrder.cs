using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The order in which a data set is shown: one permutation for each epoch, drawn from (seed, epoch), one after the other without
/// end. A batch may straddle two epochs.
/// </summary>
internal sealed class ShuffledOrder(long count, ulong seed, Device device) : IDisposable
{
    private long epoch = -1;
    private Tensor? permutation;

    /// <summary>The first samples in the order of a seed, scaled, on the CPU; the caller disposes them.</summary>
    public static Batch First(Dataset dataset, long length, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var order = new ShuffledOrder(dataset.Count, seed, CPU);
        var rows = order.Take(0, Math.Min(length, dataset.Count)).data<long>().ToArray();
        // Large samples are not all in memory twice, as they are stored and as they are scaled.
        var together = (int)SampleSize.Few(SampleSize.Of(dataset.Spec.Sample), 1, rows.Length);
        var parts = rows.Chunk(together).Select(some =>
        {
            using var stored = dataset.Read(some, seed);
            return Scaling.Scale(stored, dataset.Spec, CPU);
        }).ToList();
        var samples = parts.Count == 1 ? parts[0].Samples : cat([.. parts.Select(part => part.Samples)]);
        var conditions = parts[0].Condition is null ? null : parts.Count == 1 ? parts[0].Condition : cat([.. parts.Select(part => part.Condition!)]);
        return new Batch(samples.DetachFromDisposeScope(), conditions?.DetachFromDisposeScope());
    }

    /// <summary>The indices at positions [position, position + length) of the endless order: int64 [length] on the device.</summary>
    public Tensor Take(long position, long length)
    {
        var (at, offset) = (position / count, position % count);
        if (offset + length <= count)
            return Permutation(at).narrow(0, offset, length);
        var pieces = new List<Tensor>();
        while (length > 0)
        {
            var taken = Math.Min(length, count - offset);
            pieces.Add(Permutation(at).narrow(0, offset, taken));
            (at, offset, length) = (at + 1, 0, length - taken);
        }
        return cat(pieces);
    }

    public void Dispose() => permutation?.Dispose();

    private Tensor Permutation(long wanted)
    {
        if (permutation is not null && epoch == wanted)
            return permutation;
        permutation?.Dispose();
        using var scope = NewDisposeScope();
        using var generator = new Generator(Seeds.Of(seed, "order", wanted), CPU);
        var drawn = randperm(count, dtype: ScalarType.Int64, generator: generator);
        // A GPU fetches pinned memory by itself, while the training goes on.
        permutation = (device.type == DeviceType.CUDA ? drawn.pin_memory().to(device, non_blocking: true) : drawn.to(device)).DetachFromDisposeScope();
        epoch = wanted;
        return permutation;
    }
}
