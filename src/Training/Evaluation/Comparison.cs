using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>What evaluators see: two sets that are compared, and the training data.</summary>
/// <param name="data">What the samples are.</param>
/// <param name="seed">The seed of the evaluation.</param>
/// <param name="device">Where networks are fitted.</param>
/// <param name="real">One side.</param>
/// <param name="generated">The other.</param>
/// <param name="training">The training data; null where there is none, or where it must not be compared with.</param>
/// <param name="cancellation">Cancelled when the user interrupts.</param>
internal sealed class Comparison(
    DataSpec data, ulong seed, Device device, EvaluationSet real, EvaluationSet generated, EvaluationSet? training, CancellationToken cancellation) : EvaluationContext
{
    private readonly Dictionary<string, byte[]> shown = new(StringComparer.Ordinal);
    private readonly List<string> warnings = [];

    /// <summary>What evaluators had to show, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Shown => shown;

    /// <summary>The warnings of evaluators, each once.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    public override DataSpec Data => data;

    public override GanModel? Model => Generator;

    /// <summary>The model that made the generated samples, or null.</summary>
    public GanModel? Generator { get; init; }

    /// <summary>What pictures of generated samples say of their origin; null for nothing.</summary>
    public ImageProvenance? Provenance { get; init; }

    /// <summary>Of the measurement that is under way; null where nobody follows.</summary>
    public MeasuringProgress? Progress { get; set; }

    public override CancellationToken CancellationToken => cancellation;

    public override long Count(SampleSet set) => set == SampleSet.Training && training is null ? 0 : Of(set).Count;

    public override Tensor Samples(SampleSet set) => Of(set).Samples();

    public override Tensor Samples(SampleSet set, IReadOnlyList<long> rows) => Of(set).Samples(rows);

    public override Tensor? Conditions(SampleSet set) => Of(set).Conditions;

    public override FeatureOutput Features(SampleSet set, string extractor) => Of(set).Features(extractor);

    public override ulong Seed(string purpose) => Seeds.Of(seed, $"evaluator/{purpose}");

    public override void Fit(Fitting fitting, Batch data, string purpose)
    {
        using var samples = new GivenSamples(Data, data);
        Fitter.Fit(fitting, samples, Seed(purpose), device, Tell, cancellation);
        fitting.Network.cpu();

        void Tell(Trainer trainer, IReadOnlyDictionary<string, double> losses) => ReportProgress(trainer.Iteration, trainer.Iterations);
    }

    public override void ReportProgress(long done, long total) => Progress?.At(done, total);

    public override void Warn(string message)
    {
        if (!warnings.Contains(message))
            warnings.Add(message);
    }

    public override void Show(string name, Tensor samples, int columns)
    {
        // The name becomes that of a file.
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            throw new ComponentException($"'{name}' is no name for a picture: it takes lower-case letters, digits and hyphens");
        shown[name] = SampleFile.EncodeMixed([samples], data.Sample, columns, Provenance is null ? null : Provenance with { SourceType = ImageProvenance.Composite });
    }

    private EvaluationSet Of(SampleSet set) => set switch
    {
        SampleSet.Real => real,
        SampleSet.Generated => generated,
        _ => training ?? throw new ComponentException("there is no training data in this evaluation"),
    };
}
