using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Samples that are at hand, as a dataset.</summary>
/// <param name="spec">What they are.</param>
/// <param name="batch">The samples, in the range of the spec, and their conditions; they stay the caller's.</param>
internal sealed class GivenSamples(DataSpec spec, Batch batch) : Dataset, IInMemory
{
    public override DataSpec Spec => spec;

    public override long Count => batch.Count;

    public Tensor Samples => batch.Samples;

    public Tensor? Conditions => batch.Condition;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        using var rows = tensor(indices.ToArray());
        return new Batch(Samples.index_select(0, rows), Conditions?.index_select(0, rows));
    }
}
