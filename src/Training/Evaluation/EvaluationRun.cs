using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Measures a model: one pass that generates, one that extracts features, shared by all evaluators. Real samples and their
/// features are kept, so that evaluations during a run pay for them once.
/// </summary>
public sealed class EvaluationRun : IDisposable
{
    private const int Chunk = 500;

    private readonly IReadOnlyList<Evaluator> evaluators;
    private readonly Func<string, FeatureExtractor> extractors;
    private readonly DataSpec data;
    private readonly Batch real;
    private readonly ulong seed;
    private readonly Device device;
    private readonly Dictionary<string, FeatureExtractor> opened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeatureOutput> realFeatures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> shown = new(StringComparer.Ordinal);

    /// <param name="evaluators">What to measure.</param>
    /// <param name="extractors">Opens a feature extractor by its component name; called once for each name.</param>
    /// <param name="dataset">The evaluation data; its first samples in a shuffled order are the real set.</param>
    /// <param name="samples">How many samples of each kind; no more than the data has.</param>
    /// <param name="seed">Decides the choice of real samples and the latents.</param>
    /// <param name="device">Where to compute features.</param>
    public EvaluationRun(IReadOnlyList<Evaluator> evaluators, Func<string, FeatureExtractor> extractors, Dataset dataset, int samples, ulong seed, Device device)
    {
        (this.evaluators, this.seed, this.device, data) = (evaluators, seed, device, dataset.Spec);
        this.extractors = name => opened.TryGetValue(name, out var extractor) ? extractor : opened[name] = Open(extractors, name);
        Count = (int)Math.Min(samples, dataset.Count);
        real = ShuffledOrder.First(dataset, Count, seed);
    }

    /// <summary>The metrics in the order in which they are measured.</summary>
    public IReadOnlyList<MetricInfo> Metrics => [.. evaluators.SelectMany(evaluator => evaluator.Metrics)];

    /// <summary>The fingerprints of the extractors used so far, by name: scores are comparable only where they are equal.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints => opened.ToDictionary(entry => entry.Key, entry => entry.Value.Fingerprint);

    /// <summary>What the evaluators of the last <see cref="Measure"/> had to show, by name, as files in the format of <see cref="SampleFile"/>.</summary>
    public IReadOnlyDictionary<string, byte[]> Shown => shown;

    /// <summary>How many samples of each kind are compared.</summary>
    public int Count { get; }

    /// <summary>Opens the extractors that the evaluators will ask for, so that what is wrong with one shows before anything is trained.</summary>
    /// <exception cref="ComponentException">There is no such extractor, or it does not take these samples.</exception>
    public void Prepare()
    {
        foreach (var name in evaluators.SelectMany(evaluator => evaluator.Extractors).Distinct())
            extractors(name);
    }

    /// <summary>Measures a model in evaluation mode. Uses seeds of its own; the global generator is left re-seeded.</summary>
    /// <exception cref="ComponentException">An evaluator cannot measure these samples.</exception>
    public IReadOnlyList<MetricValue> Measure(GanModel model, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var sampler = new Sampler(model, device);
        var conditions = model.Condition is NoCondition ? null : Sampler.ClassesInTurn(model.Condition, Count) ?? real.Condition;
        var generated = new Batch(sampler.Generate(Count, conditions, Seeds.Of(seed, "evaluation")), conditions);
        using var context = new Context(this, model, generated, cancellation);
        return [.. evaluators.SelectMany(evaluator => evaluator.Evaluate(context))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        real.Dispose();
        DisposeAll(realFeatures);
    }

    private static void DisposeAll(Dictionary<string, FeatureOutput> outputs)
    {
        foreach (var (features, logits) in outputs.Values)
        {
            features.Dispose();
            logits?.Dispose();
        }
    }

    private FeatureExtractor Open(Func<string, FeatureExtractor> open, string name)
    {
        var extractor = open(name);
        if (extractor.Input.Kind != data.Sample.Kind || !extractor.Input.Shape.SequenceEqual(data.Sample.Shape))
            throw new ComponentException($"the feature extractor '{name}' takes {extractor.Input}, but the data is {data.Sample}; choose another extractor in the evaluator's options");
        extractor.State?.to(device);
        extractor.State?.eval();
        return extractor;
    }

    private FeatureOutput Extract(string name, Tensor samples)
    {
        var extractor = extractors(name);
        using var scope = NewDisposeScope();
        var chunks = new List<FeatureOutput>();
        for (var from = 0L; from < samples.shape[0]; from += Chunk)
        {
            using var inner = NewDisposeScope();
            var output = extractor.Extract(samples.narrow(0, from, Math.Min(Chunk, samples.shape[0] - from)).to(device));
            if (output.Features.dim() != 2 || output.Features.shape[1] != extractor.Dimension)
                throw new ComponentException($"the feature extractor '{name}' gave features of shape [{string.Join(", ", output.Features.shape)}] where it promised [N, {extractor.Dimension}]");
            chunks.Add(new FeatureOutput(output.Features.cpu().MoveToOuterDisposeScope(), output.Logits?.cpu().MoveToOuterDisposeScope()));
        }
        return new FeatureOutput(
            cat([.. chunks.Select(chunk => chunk.Features)]).MoveToOuterDisposeScope(),
            chunks[0].Logits is null ? null : cat([.. chunks.Select(chunk => chunk.Logits!)]).MoveToOuterDisposeScope());
    }

    private sealed class Context(EvaluationRun run, GanModel model, Batch generated, CancellationToken cancellation) : EvaluationContext, IDisposable
    {
        private readonly Dictionary<string, FeatureOutput> generatedFeatures = new(StringComparer.Ordinal);

        public override DataSpec Data => run.data;

        public override GanModel? Model => model;

        public override CancellationToken CancellationToken => cancellation;

        public override long Count(SampleSet set) => set == SampleSet.Training ? 0 : Of(set).Count;

        public override Tensor Samples(SampleSet set) => Of(set).Samples;

        public override Tensor Samples(SampleSet set, IReadOnlyList<long> rows)
        {
            using var indices = tensor([.. rows]);
            return Of(set).Samples.index_select(0, indices);
        }

        public override Tensor? Conditions(SampleSet set) => Of(set).Condition;

        public override FeatureOutput Features(SampleSet set, string extractor)
        {
            var known = set == SampleSet.Real ? run.realFeatures : generatedFeatures;
            if (known.TryGetValue(extractor, out var features))
                return features;
            // Out of whatever scope the evaluator has open: the next one is given the same tensors.
            features = run.Extract(extractor, Samples(set));
            features.Features.DetachFromDisposeScope();
            features.Logits?.DetachFromDisposeScope();
            return known[extractor] = features;
        }

        public void Dispose() => DisposeAll(generatedFeatures);

        public override ulong Seed(string purpose) => Seeds.Of(run.seed, $"evaluator/{purpose}");

        public override void Fit(Fitting fitting, Batch data, string purpose)
        {
            using var samples = new GivenSamples(run.data, data);
            Fitter.Fit(fitting, samples, Seed(purpose), run.device, (_, _) => { }, cancellation);
            fitting.Network.cpu();
        }

        public override void Show(string name, Tensor samples, int columns) =>
            run.shown[name] = SampleFile.Encode([samples], run.data.Sample, columns);

        private Batch Of(SampleSet set) => set switch
        {
            SampleSet.Real => run.real,
            SampleSet.Generated => generated,
            _ => throw new ComponentException("there is no training data in this evaluation"),
        };
    }
}
