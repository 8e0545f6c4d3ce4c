using PluginGan.Training;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>An evaluation of given sets of samples with their labels; a null set does not exist. What is shown is kept, what is fitted goes through the host's trainer.</summary>
internal sealed class GivenContext(SampleSpec sample, Batch? real, Batch generated, Batch? training = null) : EvaluationContext
{
    /// <summary>The extractor, by whatever name; by default samples are their own features and logits.</summary>
    public Func<Tensor, FeatureOutput> Extract { get; init; } = samples => new(samples, samples);

    public ConditionSpec Condition { get; init; } = ConditionSpec.None;

    public ulong Run { get; init; } = 1;

    /// <summary>Whether there are features only.</summary>
    public bool HidesSamples { get; init; }

    public Dictionary<string, (Tensor Samples, int Columns)> Shown { get; } = [];

    public List<string> Warnings { get; } = [];

    public override DataSpec Data => new(sample, Condition);

    /// <summary>The model that made the generated samples, if one did.</summary>
    public GanModel? Generator { get; init; }

    public override GanModel? Model => Generator;

    public override CancellationToken CancellationToken => default;

    public override long Count(SampleSet set) => Batch(set)?.Count ?? 0;

    public override Tensor Samples(SampleSet set) => HidesSamples ? throw new ComponentException("only features are known") : Of(set).Samples;

    public override Tensor Samples(SampleSet set, IReadOnlyList<long> rows) => Samples(set).index_select(0, tensor(rows.ToArray()));

    public override Tensor? Conditions(SampleSet set) => Batch(set)?.Condition;

    public override FeatureOutput Features(SampleSet set, string extractor) => Extract(Of(set).Samples);

    public override ulong Seed(string purpose) => Seeds.Of(Run, purpose);

    public override void Fit(Fitting fitting, Batch data, string purpose) =>
        Fitter.Fit(fitting, new InMemory(Data, data), Seed(purpose), CPU, (_, _) => { }, default);

    public override void Warn(string message) => Warnings.Add(message);

    public override void Show(string name, Tensor samples, int columns) => Shown[name] = (samples.clone().DetachFromDisposeScope(), columns);

    private Batch Of(SampleSet set) => Batch(set) ?? throw new ComponentException($"there are no {set} samples");

    private Batch? Batch(SampleSet set) => set switch
    {
        SampleSet.Real => real,
        SampleSet.Generated => generated,
        _ => training,
    };

    private sealed class InMemory(DataSpec spec, Batch batch) : Dataset, IInMemory
    {
        public override DataSpec Spec => spec;

        public override long Count => batch.Count;

        public Tensor Samples => batch.Samples;

        public Tensor? Conditions => batch.Condition;

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed) => throw new NotSupportedException();
    }
}
