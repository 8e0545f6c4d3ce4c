using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Samples in memory.</summary>
/// <param name="batch">The samples, on the CPU; the set disposes them.</param>
/// <param name="pass">Extracts their features.</param>
/// <param name="cached">Whether the features may be found in the cache: not those of a model that changes.</param>
internal sealed class HeldSamples(Batch batch, FeaturePass pass, bool cached) : EvaluationSet
{
    public override long Count => batch.Count;

    public override Tensor? Conditions => batch.Condition;

    public override Tensor Samples() => batch.Samples;

    public override Tensor Samples(IReadOnlyList<long> rows)
    {
        using var indices = tensor([.. rows]);
        return batch.Samples.index_select(0, indices);
    }

    public override void Each(Action<Tensor> visit)
    {
        var chunk = ChunkOf(batch.Samples.NumberOfElements / Math.Max(1, Count));
        for (var from = 0L; from < Count; from += chunk)
        {
            using var scope = NewDisposeScope();
            visit(batch.Samples.narrow(0, from, Math.Min(chunk, Count - from)));
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        batch.Dispose();
    }

    protected override FeatureOutput Extract(string extractor) => pass.Of(this, extractor, cached);
}
