using System.Diagnostics;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Bench.Measures;

/// <summary>What the metrics take beyond generating samples and extracting features: all but the task score, which trains networks.</summary>
internal sealed class MetricsCost : IMeasure
{
    private const int Dimension = 128;
    private const int Classes = 10;
    private const double BytesPerMebibyte = 1 << 20;

    private static readonly ImageSpec Grey = new(1, 32, 32);
    private static readonly ImageSpec Stacked = new(3, 32, 32);
    private static readonly VectorSpec Points = new(2);

    private static readonly (string Evaluator, SampleSpec Data)[] Measured =
    [
        ("fid", Grey), ("kid", Grey), ("inception-score", Grey), ("precision-recall", Grey), ("density-coverage", Grey), ("euclidean", Grey), ("mahalanobis", Grey),
        ("ms-ssim", Grey), ("class-coverage", Grey), ("memorisation", Grey), ("mode-coverage", Points), ("stacked-modes", Stacked),
    ];

    public string Name => "metrics";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(1);
        var count = settings.Count(10_000, 200);
        var contexts = new SampleSpec[] { Grey, Stacked, Points }.ToDictionary(spec => spec, spec => Context(spec, count));
        var parts = new PluginParts(new MetricsPlugin());
        // The first pass compiles, and lets libtorch set up its threads and buffers.
        var small = contexts.ToDictionary(entry => entry.Key, entry => Context(entry.Key, Math.Min(count, 200)));
        foreach (var (name, data) in Measured)
            Evaluate(parts, name, small[data]);

        var (times, totals, memory) = (Measured.ToDictionary(one => one.Evaluator, _ => new List<double>()), new List<double>(), new List<double>());
        GC.Collect();
        var before = Environment.WorkingSet;
        for (var trial = 0; trial < settings.Trials; trial++)
        {
            var peak = new ResidentPeak();
            using (peak)
            {
                foreach (var (name, data) in Measured)
                    times[name].Add(Evaluate(parts, name, contexts[data]));
            }
            totals.Add(times.Values.Sum(values => values[^1]));
            memory.Add((peak.Bytes - before) / BytesPerMebibyte);
        }

        var group = $"Metrics of {count} generated, {count} real and {count} training samples, {Dimension} features";
        yield return new Measurement(group, "all", "s", totals) { Demanded = new Demand(AtMost: 15) };
        yield return new Measurement(group, "resident memory beyond the data, at most", "MiB", memory) { Demanded = new Demand(AtMost: 950) };
        foreach (var (name, data) in Measured)
            yield return new Measurement(group, $"`{name}`{(data == Grey ? "" : $", {data}")}", "s", times[name]) { PartOf = "all" };
    }

    private static double Evaluate(PluginParts parts, string name, EvaluationContext context)
    {
        using var scope = NewDisposeScope();
        using var evaluator = parts.Evaluator(name);
        var watch = Stopwatch.StartNew();
        evaluator.Evaluate(context);
        return watch.Elapsed.TotalSeconds;
    }

    private static GivenSamples Context(SampleSpec spec, int count)
    {
        var sets = Enum.GetValues<SampleSet>();
        var logits = spec is ImageSpec images ? images.Channels * Classes : Classes;
        return new GivenSamples(
            new DataSpec(spec, ConditionSpec.None),
            sets.ToDictionary(set => set, _ => spec is ImageSpec ? rand([count, .. spec.Shape]) * 2 - 1 : randn([count, .. spec.Shape])),
            // Rectified, as the features of a hidden layer are.
            sets.ToDictionary(set => set, _ => new FeatureOutput(randn(count, Dimension).relu(), randn(count, logits) * 4)));
    }
}
