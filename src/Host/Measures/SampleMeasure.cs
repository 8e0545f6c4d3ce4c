using PluginGan.Core;
using PluginGan.Host.Runs;
using PluginGan.Training;

namespace PluginGan.Host.Measures;

/// <summary>Measures samples that PluginGan need not have made: a folder of images, or any dataset, against another.</summary>
internal sealed class SampleMeasure(MeasureRequest request)
{
    private const int MostSamples = 10_000;
    private const long MostNumbers = 500_000_000;

    /// <param name="realText">What <c>--real</c> says: a folder, a dataset's name, or a dataset with options as JSON.</param>
    /// <param name="generatedText">What <c>--generated</c> says.</param>
    /// <exception cref="UsageException">One of them is neither a folder nor a dataset.</exception>
    /// <exception cref="ComponentException">There are no samples, or they are not alike.</exception>
    public EvaluationResult Of(string realText, string generatedText)
    {
        var seed = request.Seed ?? 0;
        var setting = new ComponentSetting(request.Device, seed, null, request.Stopping);
        var datasets = new DatasetText(request.Components, request.Settings.Of);
        var (realChoice, generatedChoice) = (datasets.Read("--real", realText), datasets.Read("--generated", generatedText));
        using var owned = new OwnedParts();
        var real = Open("--real", realText, realChoice);
        var generated = Open("--generated", generatedText, generatedChoice);
        if (real.Spec.Sample.Kind != generated.Spec.Sample.Kind || !real.Spec.Sample.Shape.SequenceEqual(generated.Spec.Sample.Shape))
            throw new ComponentException($"--real yields {real.Spec.Sample}, but --generated yields {generated.Spec.Sample}: both must be alike; {Mend(realChoice, generatedChoice)}");
        var measures = new NamedMeasures(request, real.Spec, seed);
        measures.CheckSettings([realChoice.Name, generatedChoice.Name]);
        var evaluators = measures.Evaluators(Composition.UsualExtractor(realChoice, real.Spec, canFit: false, request.Components), owned);
        using var evaluation = new EvaluationRun(
            evaluators,
            measures.Extractors(owned).Open,
            real,
            (int)Math.Min(request.Samples ?? Usual(real.Spec.Sample), Math.Min(real.Count, generated.Count)),
            seed,
            request.Device,
            new EvaluationOptions
            {
                Names = measures.Names,
                Dataset = realText,
                Floor = true,
                Resamples = request.Resamples,
                Cache = request.Factory.Features,
                Progress = request.Factory.Progress,
                SaveFeatures = request.SaveFeatures,
            })
        {
            Trace = request.Factory.Trace,
        };
        return evaluation.Measure(generated, request.Stopping);

        Dataset Open(string option, string text, ComponentChoice choice)
        {
            var dataset = owned.Add(request.Factory.Dataset(choice, setting));
            return dataset.Count > 0 ? dataset : throw new ComponentException($"{option}: '{text}' holds no samples");
        }
    }

    private static string Mend(ComponentChoice real, ComponentChoice generated) => real.Name == DatasetText.Images || generated.Name == DatasetText.Images
        ? $"--set {DatasetText.Images}.size=N brings folders to one size, --set {DatasetText.Images}.channels=grey or rgb to the same channels"
        : "options of the datasets may help, such as --set NAME.OPTION=VALUE, which `plugingan plugins describe NAME` shows";

    // What both sides hold in memory without being asked to is a few gigabytes.
    private static long Usual(SampleSpec spec) => Math.Clamp(MostNumbers / SampleSize.Of(spec), 1, MostSamples);
}
