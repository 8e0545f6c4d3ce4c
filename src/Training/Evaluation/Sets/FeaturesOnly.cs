using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>A set of a feature file: its samples are not known.</summary>
/// <param name="file">The file, which stays the caller's.</param>
/// <param name="set">Which of its sets.</param>
/// <param name="count">How many of its samples, the first ones.</param>
internal sealed class FeaturesOnly(FeatureFile file, SampleSet set, long count) : EvaluationSet
{
    private readonly Tensor? conditions = file.Conditions(set)?.narrow(0, 0, count).DetachFromDisposeScope();

    public override long Count => count;

    public override Tensor? Conditions => conditions;

    public override Tensor Samples() => throw Unknown();

    public override Tensor Samples(IReadOnlyList<long> rows) => throw Unknown();

    public override void Each(Action<Tensor> visit) => throw Unknown();

    public override void Dispose()
    {
        base.Dispose();
        conditions?.Dispose();
    }

    protected override FeatureOutput Extract(string extractor)
    {
        var (features, logits) = file.Features(set, extractor);
        return new FeatureOutput(features.narrow(0, 0, count), logits?.narrow(0, 0, count));
    }

    private ComponentException Unknown() => new($"only features are known, from '{file.Path}': there are no samples to look at");
}
