using static TorchSharp.torch;

namespace PluginGan.Plugins.Tables;

/// <summary>Rows of a table, float32 [Count, Columns], held in memory.</summary>
internal sealed class TableInMemory : Dataset, IInMemory
{
    /// <param name="spec">What the columns are.</param>
    /// <param name="rows">The rows, which from here on belong to the dataset.</param>
    public TableInMemory(TableSpec spec, Tensor rows)
    {
        Spec = new DataSpec(spec, ConditionSpec.None);
        Samples = rows.DetachFromDisposeScope();
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
