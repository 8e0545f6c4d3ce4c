using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Measures generated samples: one pass that generates, one that extracts features, shared by all evaluators. Real samples, their
/// features and the floors are kept, so that evaluations during a run pay for them once.
/// </summary>
public sealed class EvaluationRun : IDisposable
{
    private readonly IReadOnlyList<Evaluator> evaluators;
    private readonly EvaluationOptions options;
    private readonly DataSpec data;
    private readonly ulong seed;
    private readonly Device device;
    private readonly FeaturePass? pass;
    private readonly Func<IReadOnlyList<ExtractorStamp>> extractors;
    private readonly EvaluationSet real;
    private readonly StreamedSamples? training;
    private readonly List<IReadOnlyDictionary<string, double>?> floors = [];
    private HeldSamples? further;
    private string floorOf = "";
    private RealFloor? floor;

    /// <param name="evaluators">What to measure.</param>
    /// <param name="extractors">Opens a feature extractor by its component name; called once for each name.</param>
    /// <param name="dataset">The evaluation data; its first samples in a shuffled order are the real set. It is not needed afterwards.</param>
    /// <param name="samples">How many samples of each kind; no more than the data has.</param>
    /// <param name="seed">Decides the choice of real samples, the latents and the halves.</param>
    /// <param name="device">Where to compute features.</param>
    /// <param name="options">How thoroughly; by default scores alone, without training data.</param>
    public EvaluationRun(
        IReadOnlyList<Evaluator> evaluators, Func<string, FeatureExtractor> extractors, Dataset dataset, int samples, ulong seed, Device device, EvaluationOptions? options = null)
    {
        (this.evaluators, this.options, this.seed, this.device, data) = (evaluators, options ?? new(), seed, device, dataset.Spec);
        var pass = new FeaturePass(extractors, data, device, this.options.Cache);
        (this.pass, this.extractors) = (pass, () => pass.Extractors);
        if (this.options.Training is { } source)
            training = new StreamedSamples(source, data, seed, pass);
        Count = (int)Math.Min(samples, dataset.Count);
        var enough = this.options.Floor && dataset.Count >= 2L * Count;
        using var chosen = ShuffledOrder.First(dataset, enough ? 2L * Count : Count, seed);
        real = Part(chosen, 0, pass);
        if (enough)
            further = Part(chosen, Count, pass);
    }

    /// <summary>Measures from features alone.</summary>
    /// <param name="evaluators">What to measure; those that look at samples will be skipped.</param>
    /// <param name="file">Holds the real set; it stays the caller's.</param>
    /// <param name="samples">How many of its samples, the first ones.</param>
    /// <param name="seed">Decides what evaluators draw, and the halves.</param>
    /// <param name="options">How thoroughly.</param>
    public EvaluationRun(IReadOnlyList<Evaluator> evaluators, FeatureFile file, int samples, ulong seed, EvaluationOptions options)
    {
        (this.evaluators, this.options, this.seed, device, data) = (evaluators, options, seed, CPU, file.Data);
        extractors = () => file.Extractors;
        Count = (int)Math.Min(samples, file.Count(SampleSet.Real));
        real = new FeaturesOnly(file, SampleSet.Real, Count);
    }

    /// <summary>Where it notes which evaluator it calls.</summary>
    public CallTrace Trace { get; set; } = new();

    /// <summary>The metrics in the order in which they are measured.</summary>
    public IReadOnlyList<MetricInfo> Metrics => [.. evaluators.SelectMany(evaluator => evaluator.Metrics)];

    /// <summary>How many samples of each kind are compared.</summary>
    public int Count { get; }

    /// <summary>Opens the extractors that the evaluators will ask for, so that what is wrong with one shows before anything is trained.</summary>
    /// <exception cref="ComponentException">There is no such extractor, or it does not take these samples.</exception>
    public void Prepare()
    {
        foreach (var name in evaluators.SelectMany(evaluator => evaluator.Extractors).Distinct())
            pass?.Open(name);
    }

    /// <summary>Measures a model in evaluation mode. Uses seeds of its own.</summary>
    public EvaluationResult Measure(GanModel model, CancellationToken cancellation = default) => Measure(model, null, cancellation);

    /// <summary>Measures a model in evaluation mode. Uses seeds of its own.</summary>
    /// <param name="model">The model, with the weights to measure.</param>
    /// <param name="provenance">What pictures that evaluators show say of the origin of generated samples; null for nothing.</param>
    /// <param name="cancellation">Ends it early.</param>
    public EvaluationResult Measure(GanModel model, ImageProvenance? provenance, CancellationToken cancellation = default)
    {
        var sampler = new Sampler(model, device);
        var conditions = model.Condition is NoCondition ? null : (Sampler.ClassesInTurn(model.Condition, Count) ?? real.Conditions?.alias())?.DetachFromDisposeScope();
        Tensor samples;
        using (Follow($"generating {Count} samples"))
            samples = sampler.Generate(Count, conditions, Seeds.Of(seed, "evaluation"), cancellation).DetachFromDisposeScope();
        return Measure(new Batch(samples, conditions), model, provenance, cancellation);
    }

    /// <summary>Measures samples that were made elsewhere: the first ones in a shuffled order.</summary>
    /// <param name="generated">At least <see cref="Count"/> samples; their conditions count where they are of the data's kind.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ComponentException">They are other samples than the real ones, or too few.</exception>
    public EvaluationResult Measure(Dataset generated, CancellationToken cancellation = default)
    {
        if (generated.Spec.Sample.Kind != data.Sample.Kind || !generated.Spec.Sample.Shape.SequenceEqual(data.Sample.Shape))
            throw new ComponentException($"the generated samples are {generated.Spec.Sample}, but the real ones are {data.Sample}; both must be alike");
        if (generated.Count < Count)
            throw new ComponentException($"there {(generated.Count == 1 ? "is 1 generated sample" : $"are {generated.Count} generated samples")}, but {Count} are to be compared");
        var drawn = ShuffledOrder.First(generated, Count, Seeds.Of(seed, "generated"));
        var labelled = generated.Spec.Condition is ClassCondition classes && data.Condition is ClassCondition known && classes.Count == known.Count;
        if (!labelled)
            drawn.Condition?.Dispose();
        return Measure(labelled ? drawn : new Batch(drawn.Samples), null, null, cancellation);
    }

    /// <summary>Measures the generated samples of a feature file, the first ones.</summary>
    public EvaluationResult Measure(FeatureFile file, CancellationToken cancellation = default)
    {
        using var generated = new FeaturesOnly(file, SampleSet.Generated, Count);
        return Compare(generated, null, null, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        floor?.Dispose();
        further?.Dispose();
        real.Dispose();
        training?.Dispose();
    }

    private HeldSamples Part(Batch chosen, int from, FeaturePass pass) => new(
        new Batch(chosen.Samples.narrow(0, from, Count).DetachFromDisposeScope(), chosen.Condition?.narrow(0, from, Count).DetachFromDisposeScope()), pass, cached: true);

    private EvaluationResult Measure(Batch samples, GanModel? model, ImageProvenance? provenance, CancellationToken cancellation)
    {
        using var generated = new HeldSamples(samples, pass ?? throw new InvalidOperationException("only features are known of the real samples"), cached: false);
        return Compare(generated, model, provenance, cancellation);
    }

    private EvaluationResult Compare(EvaluationSet generated, GanModel? model, ImageProvenance? provenance, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var comparison = new Comparison(data, seed, device, real, generated, training, cancellation) { Generator = model, Provenance = provenance };
        var skipped = new List<SkippedEvaluator>();
        var measured = new IReadOnlyList<MetricValue>?[evaluators.Count];
        for (var index = 0; index < evaluators.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var progress = Follow($"measuring {NameOf(index)}");
            comparison.Progress = progress;
            measured[index] = Evaluate(evaluators[index], comparison, reason => skipped.Add(new SkippedEvaluator(NameOf(index), reason)));
        }
        foreach (var warning in pass?.AtChance(real) ?? [])
            comparison.Warn(warning);
        // Before the floors: their features are kept too.
        if (options.SaveFeatures is { } path)
        {
            if (extractors().Count > 0)
                FeatureFile.Write(path, data, extractors(), real, generated);
            else
                skipped.Add(new SkippedEvaluator("saved features", "there are none: no evaluator has used a feature extractor"));
        }
        MeasureFloors(cancellation);
        var halves = Halves(generated, measured, cancellation);
        training?.Release();
        return new EvaluationResult
        {
            Samples = Count,
            Seed = seed,
            Dataset = options.Dataset,
            Split = options.Split,
            Scores = [.. measured.SelectMany((values, index) => values is null ? [] : values.Select(value => Scored(value, index, halves[index])))],
            FloorOf = floorOf,
            Resamples = options.Resamples,
            Extractors = extractors(),
            Skipped = skipped,
            Warnings = comparison.Warnings,
            Shown = comparison.Shown,
        };
    }

    private Score Scored(MetricValue value, int index, List<IReadOnlyList<MetricValue>> halves)
    {
        var info = evaluators[index].Metrics.FirstOrDefault(metric => metric.Name == value.Name)
            ?? new MetricInfo(value.Name, "", MetricDirection.None);
        double? atFloor = floors.ElementAtOrDefault(index) is { } values && values.TryGetValue(value.Name, out var found) ? found : null;
        var interval = Intervals.OfHalves(value.Value, [.. halves.SelectMany(half => half.Where(other => other.Name == value.Name).Select(other => other.Value))]);
        return new Score(value.Name, info.Summary, info.Direction, value.Value, atFloor, interval?.Low, interval?.High)
        {
            Reference = info.Reference,
        };
    }

    // What one evaluator cannot measure is no reason to lose the others' scores.
    private IReadOnlyList<MetricValue>? Evaluate(Evaluator evaluator, Comparison comparison, Action<string> skip)
    {
        using var call = Trace.Calling(evaluator);
        using var scope = NewDisposeScope();
        using var draws = Draws.Begin(Seeds.Of(seed, "evaluator"));
        try
        {
            return evaluator.Evaluate(comparison);
        }
        catch (ComponentException problem)
        {
            skip(problem.Message);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            skip($"{failure.GetType().Name}: {failure.Message}");
            return null;
        }
    }

    private void MeasureFloors(CancellationToken cancellation)
    {
        if (!options.Floor || floors.Count > 0 || Count < 2 || !evaluators.Any(evaluator => evaluator.IsResampled))
            return;
        floor ??= OpenFloor();
        var comparison = new Comparison(data, seed, device, floor.Real, floor.Others, floor.OfTraining ? null : training, cancellation);
        var measured = new List<IReadOnlyDictionary<string, double>?>();
        using var progress = Follow("measuring floors");
        foreach (var evaluator in evaluators)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.At(measured.Count, evaluators.Count);
            // A metric that real samples do not allow has no floor.
            var values = evaluator.IsResampled ? Evaluate(evaluator, comparison, _ => { }) : null;
            measured.Add(values?.DistinctBy(value => value.Name).ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal));
        }
        floors.AddRange(measured);
        // They are measured once: their samples need not stay in memory.
        floorOf = floor.Description;
        floor.Dispose();
        further?.Dispose();
        (floor, further) = (null, null);
    }

    private RealFloor OpenFloor()
    {
        if (further is not null)
            return RealFloor.FromFurther(real, further, options.Dataset, !options.TrainingIsOther);
        if (pass is not null && training is not null && options.TrainingIsOther && training.Count >= Count)
            return RealFloor.FromTraining(real, new HeldSamples(ShuffledOrder.First(options.Training!.Value, Count, Seeds.Of(seed, "floor")), pass, cached: true));
        return RealFloor.FromHalves(real, Seeds.Of(seed, "floor"), !options.TrainingIsOther);
    }

    /// <summary>What the evaluators find on random halves of both sets: for each evaluator, one list for each half that it could measure.</summary>
    private List<IReadOnlyList<MetricValue>>[] Halves(EvaluationSet generated, IReadOnlyList<MetricValue>?[] measured, CancellationToken cancellation)
    {
        var found = measured.Select(_ => new List<IReadOnlyList<MetricValue>>()).ToArray();
        using var progress = Follow("measuring intervals");
        // The halves one after the other, and all evaluators on each: features of one are in memory at a time.
        for (var number = 0; number < options.Resamples && Count > 1; number++)
        {
            progress?.At(number, options.Resamples);
            using var scope = NewDisposeScope();
            using var ofReal = Half(real, $"half/{number}/real");
            using var ofGenerated = Half(generated, $"half/{number}/generated");
            var comparison = new Comparison(data, seed, device, ofReal, ofGenerated, training, cancellation);
            for (var index = 0; index < evaluators.Count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (measured[index] is not null && evaluators[index].IsResampled && Evaluate(evaluators[index], comparison, _ => { }) is { } values)
                    found[index].Add(values);
            }
        }
        return found;
    }

    private SelectedSamples Half(EvaluationSet whole, string purpose)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(Seeds.Of(seed, purpose), CPU);
        return new SelectedSamples(whole, randperm(whole.Count, dtype: ScalarType.Int64, generator: generator).narrow(0, 0, whole.Count / 2).DetachFromDisposeScope());
    }

    private MeasuringProgress? Follow(string activity) =>
        options.Progress is { } progress ? new MeasuringProgress(activity, progress, options.Time) : null;

    private string NameOf(int index) => options.Names?[index] ?? (evaluators[index].Metrics is [var first, ..] ? first.Name : evaluators[index].GetType().Name);
}
