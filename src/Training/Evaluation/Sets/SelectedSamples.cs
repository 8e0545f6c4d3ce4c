using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Some rows of another set: their features are rows of its features.</summary>
/// <param name="whole">The other set, which stays the caller's.</param>
/// <param name="rows">int64 [N]; disposed with this set.</param>
internal sealed class SelectedSamples(EvaluationSet whole, Tensor rows) : EvaluationSet
{
    private Tensor? samples;
    private Tensor? conditions;

    public override long Count => rows.shape[0];

    public override Tensor? Conditions => conditions ??= whole.Conditions?.index_select(0, rows).DetachFromDisposeScope();

    public override Tensor Samples() => samples ??= whole.Samples().index_select(0, rows).DetachFromDisposeScope();

    public override Tensor Samples(IReadOnlyList<long> wanted)
    {
        using var scope = NewDisposeScope();
        return whole.Samples(rows.index_select(0, tensor([.. wanted])).data<long>().ToArray()).MoveToOuterDisposeScope();
    }

    public override void Each(Action<Tensor> visit) => visit(Samples());

    public override void Dispose()
    {
        base.Dispose();
        samples?.Dispose();
        conditions?.Dispose();
        rows.Dispose();
    }

    protected override FeatureOutput Extract(string extractor)
    {
        var (features, logits) = whole.Features(extractor);
        return new FeatureOutput(features.index_select(0, rows), logits?.index_select(0, rows));
    }
}
