using PluginGan.Core;
using PluginGan.Host.Runs;

namespace PluginGan.Host.Measures;

/// <summary>Evaluators and extractors outside any recipe: those that the command line names, or else the usual ones.</summary>
internal sealed class NamedMeasures(MeasureRequest request, DataSpec data, ulong seed)
{
    // What can be said of any samples with features; what there is not is left out.
    private static readonly string[] Usual = ["fid", "kid", "precision-recall", "density-coverage", "ms-ssim"];

    private readonly ComponentSetting setting = new(request.Device, seed, data, request.Stopping);

    /// <summary>The evaluators' names, in the order in which they measure.</summary>
    public IReadOnlyList<string> Names { get; } = request.Metrics ?? [.. Usual.Where(name => request.Components.Any(component => Fits(component, name, data)))];

    /// <summary>Makes the evaluators.</summary>
    /// <param name="extractor">The feature extractor of those that leave it open; null where there is none.</param>
    /// <param name="own">Told of each.</param>
    /// <exception cref="RecipeException">There is no such evaluator, or it has no such option.</exception>
    public IReadOnlyList<Evaluator> Evaluators(ChosenExtractor? extractor, OwnedParts own)
    {
        if (Names.Count == 0)
            throw new UsageException("no plugin provides the usual evaluators; name others with --metrics, `plugingan plugins list` shows which there are");
        var choices = Names.Select(name => Choice(ComponentKind.Evaluator, name)).ToList();
        if (extractor is not null && choices.Any(Composition.LeavesExtractor))
        {
            request.Say($"{extractor}");
            choices = [.. choices.Select(choice => Composition.WithExtractor(choice, extractor.Name))];
        }
        return [.. choices.Select(choice => own.Add(request.Factory.Evaluator(choice, setting)))];
    }

    /// <summary>Opens feature extractors, with the options that are set.</summary>
    public ExtractorSource Extractors(OwnedParts own)
    {
        var fitting = request.Factory.Fitting(() => throw NoTraining(), () => throw NoTraining(), request.Device);
        return new ExtractorSource(request.Factory, request.Components, setting, Chosen, fitting, part => own.Add(part));

        ComponentChoice? Chosen(string name) => request.Settings.Of(name).Count > 0 ? Choice(ComponentKind.FeatureExtractor, name) : null;

        ComponentException NoTraining() =>
            new("there is no training data here to fit a feature extractor on; name one that needs none, such as random-projection, or evaluate a run");
    }

    /// <summary>Refuses settings of components that take no part.</summary>
    public void CheckSettings(IEnumerable<string> others)
    {
        var extractors = request.Components.Where(component => component.Kind == ComponentKind.FeatureExtractor).Select(component => component.Info.Name);
        if (request.Settings.Names.Except(Names).Except(extractors).Except(others).FirstOrDefault() is { } unused)
            throw new UsageException($"--set: '{unused}' takes no part; the evaluators are {string.Join(", ", Names)}");
    }

    private static bool Fits(ComponentDescription component, string name, DataSpec data) => component.Kind == ComponentKind.Evaluator
        && component.Info.Name == name && (component.Info.Samples.Count == 0 || component.Info.Samples.Contains(data.Sample.Kind));

    private ComponentChoice Choice(ComponentKind kind, string name) =>
        Composition.Component(kind, name, request.Settings.Of(name), request.Components);
}
