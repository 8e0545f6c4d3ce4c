using PluginGan.Core;
using PluginGan.Training;

namespace PluginGan.Host.Measures;

/// <summary>Scores from features that <c>--save-features</c> has written: the real ones of one file against the generated ones of another.</summary>
internal static class FeatureMeasure
{
    /// <exception cref="ComponentException">A file cannot be used, or the two have nothing to do with each other.</exception>
    public static EvaluationResult Of(IReadOnlyList<string> files, MeasureRequest request)
    {
        using var real = FeatureFile.Open(files[0]);
        using var generated = FeatureFile.Open(files[^1]);
        FeatureFile.CheckComparable(real, generated);
        var seed = request.Seed ?? 0;
        var samples = (int)Math.Min(request.Samples ?? int.MaxValue, Math.Min(real.Count(SampleSet.Real), generated.Count(SampleSet.Generated)));
        var measures = new NamedMeasures(request, real.Data, seed);
        measures.CheckSettings([]);
        using var owned = new OwnedParts();
        var name = real.Extractors.First(stamp => generated.Extractors.Contains(stamp)).Name;
        var common = new ChosenExtractor(name, "both files hold its features");
        var options = new EvaluationOptions
        {
            Names = measures.Names,
            Dataset = files[0],
            Floor = true,
            Resamples = request.Resamples,
            Progress = request.Factory.Progress,
        };
        using var evaluation = new EvaluationRun(measures.Evaluators(common, owned), real, samples, seed, options) { Trace = request.Factory.Trace };
        return evaluation.Measure(generated, request.Stopping);
    }
}
