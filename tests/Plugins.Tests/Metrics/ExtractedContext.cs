using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>An evaluation of given samples through a given extractor.</summary>
internal sealed class ExtractedContext(Tensor real, Tensor generated, Func<Tensor, FeatureOutput> extract) : EvaluationContext
{
    public ConditionSpec Condition { get; init; } = ConditionSpec.None;

    public Tensor? Asked { get; init; }

    public string Extractor { get; init; } = "auto";

    public List<string> Warnings { get; } = [];

    public override DataSpec Data => new(new ImageSpec(1, 28, 28), Condition);

    public override GanModel? Model => null;

    public override CancellationToken CancellationToken => default;

    public override Tensor Samples(SampleSet set) => set == SampleSet.Real ? real : generated;

    public override long Count(SampleSet set) => set == SampleSet.Training ? 0 : Samples(set).shape[0];

    public override Tensor Samples(SampleSet set, IReadOnlyList<long> rows) => Samples(set).index_select(0, tensor(rows.ToArray()));

    public override Tensor? Conditions(SampleSet set) => set == SampleSet.Generated ? Asked : null;

    public override FeatureOutput Features(SampleSet set, string extractor) => extractor == Extractor
        ? extract(Samples(set))
        : throw new ComponentException($"there is no extractor '{extractor}'");

    public override ulong Seed(string purpose) => 1;

    public override void Fit(Fitting fitting, Batch data, string purpose) => throw new NotSupportedException();

    public override void Warn(string message) => Warnings.Add(message);

    public override void Show(string name, Tensor samples, int columns) => throw new NotSupportedException();
}
