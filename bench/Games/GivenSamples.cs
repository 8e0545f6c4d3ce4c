using static TorchSharp.torch;

namespace PluginGan.Bench.Games;

/// <summary>An evaluation of samples that are at hand, with features that were extracted before: what is timed is the evaluator alone.</summary>
/// <param name="data">What the samples are.</param>
/// <param name="sets">The samples of each set.</param>
/// <param name="features">Their features and logits.</param>
internal sealed class GivenSamples(DataSpec data, IReadOnlyDictionary<SampleSet, Tensor> sets, IReadOnlyDictionary<SampleSet, FeatureOutput> features) : EvaluationContext
{
    public override DataSpec Data => data;

    public override GanModel? Model => null;

    public override CancellationToken CancellationToken => default;

    public override long Count(SampleSet set) => sets[set].shape[0];

    public override Tensor Samples(SampleSet set) => sets[set];

    public override Tensor Samples(SampleSet set, IReadOnlyList<long> rows)
    {
        using var indices = tensor([.. rows]);
        return sets[set].index_select(0, indices);
    }

    public override Tensor? Conditions(SampleSet set) => null;

    public override FeatureOutput Features(SampleSet set, string extractor) => features[set];

    public override ulong Seed(string purpose) => (ulong)purpose.Length;

    public override void Fit(Fitting fitting, Batch data, string purpose) => throw new NotSupportedException("nothing is trained here");

    public override void Show(string name, Tensor samples, int columns)
    {
    }
}
