using static TorchSharp.torch;

namespace PluginGan.Plugins.Sequences;

/// <summary>Sequences as indices of symbols, int64 [Count, Length], held in memory.</summary>
internal sealed class SequencesInMemory : Dataset, IInMemory
{
    /// <param name="alphabet">The symbols in the order of their indices.</param>
    /// <param name="sequences">The sequences, which from here on belong to the dataset.</param>
    public SequencesInMemory(IReadOnlyList<string> alphabet, Tensor sequences)
    {
        Spec = new DataSpec(new SequenceSpec((int)sequences.shape[1], alphabet), ConditionSpec.None);
        Samples = sequences.DetachFromDisposeScope();
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
