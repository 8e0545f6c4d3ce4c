using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>All of a dataset in its order, read as it is needed. Samples are in memory only while they are asked for as a whole.</summary>
/// <param name="source">Opens the dataset, which stays the caller's.</param>
/// <param name="expected">What its samples must look like.</param>
/// <param name="seed">Handed to the dataset with every reading.</param>
/// <param name="pass">Extracts features.</param>
internal sealed class StreamedSamples(Lazy<Dataset> source, DataSpec expected, ulong seed, FeaturePass pass) : EvaluationSet
{
    private Tensor? whole;
    private Tensor? conditions;

    public override long Count => Source.Count;

    public override Tensor? Conditions => Source.Spec.Condition is NoCondition ? null : conditions ??= Collect(batch => batch.Condition!);

    private Dataset Source => source.Value.Spec.Sample.Kind == expected.Sample.Kind && source.Value.Spec.Sample.Shape.SequenceEqual(expected.Sample.Shape)
        ? source.Value
        : throw new ComponentException($"the training data yields {source.Value.Spec.Sample}, but what is evaluated is {expected.Sample}");

    public override Tensor Samples() => whole ??= Collect(batch => batch.Samples);

    public override Tensor Samples(IReadOnlyList<long> rows)
    {
        using var scope = NewDisposeScope();
        return Read([.. rows]).Samples.MoveToOuterDisposeScope();
    }

    public override void Each(Action<Tensor> visit) => EachBatch(batch => visit(batch.Samples));

    /// <summary>Lets go of the samples.</summary>
    public void Release()
    {
        whole?.Dispose();
        whole = null;
    }

    public override void Dispose()
    {
        base.Dispose();
        Release();
        conditions?.Dispose();
    }

    protected override FeatureOutput Extract(string extractor) => pass.Of(this, extractor, cached: true);

    private void EachBatch(Action<Batch> visit)
    {
        var chunk = ChunkOf(SampleSize.Of(expected.Sample));
        for (var from = 0L; from < Count; from += chunk)
        {
            using var scope = NewDisposeScope();
            var length = (int)Math.Min(chunk, Count - from);
            visit(Read([.. Enumerable.Range(0, length).Select(row => from + row)]));
        }
    }

    private Tensor Collect(Func<Batch, Tensor> part)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        EachBatch(batch => parts.Add(part(batch).MoveToOuterDisposeScope()));
        return cat(parts).DetachFromDisposeScope();
    }

    private Batch Read(long[] rows)
    {
        using var stored = Source.Read(rows, seed);
        return Scaling.Scale(stored, Source.Spec, CPU);
    }
}
