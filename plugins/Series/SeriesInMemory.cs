using static TorchSharp.torch;

namespace PluginGan.Plugins.Series;

/// <summary>Series, float32 [Count, Length, Channels], held in memory.</summary>
internal sealed class SeriesInMemory : Dataset, IInMemory
{
    /// <param name="series">The series, which from here on belong to the dataset.</param>
    public SeriesInMemory(Tensor series)
    {
        Spec = new DataSpec(new SeriesSpec((int)series.shape[1], (int)series.shape[2]), ConditionSpec.None);
        Samples = series.DetachFromDisposeScope();
    }

    public override DataSpec Spec { get; }

    public override long Count => Samples.shape[0];

    public Tensor Samples { get; }

    public Tensor? Conditions => null;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        using var rows = tensor(indices.ToArray());
        return new Batch(Samples.index_select(0, rows));
    }

    protected override void Dispose(bool disposing)
    {
        Samples.Dispose();
        base.Dispose(disposing);
    }
}
