using PluginGan.Core;
using PluginGan.Host.Runs;
using PluginGan.Training;

namespace PluginGan.Host.Measures;

/// <summary>Opens the feature extractors that evaluators name, and fits those that need it.</summary>
/// <param name="factory">Makes them.</param>
/// <param name="catalogue">The known components.</param>
/// <param name="setting">The evaluation's.</param>
/// <param name="chosen">The extractor of that name with the options that somebody gave it; null where nobody did.</param>
/// <param name="fitting">Fits.</param>
/// <param name="own">Told of each, to dispose it after the measures.</param>
internal sealed class ExtractorSource(
    ComponentFactory factory, IReadOnlyList<ComponentDescription> catalogue, ComponentSetting setting, Func<string, ComponentChoice?> chosen, ExtractorFitting fitting, Action<IDisposable> own)
{
    /// <exception cref="ComponentException">There is no such extractor, or it refuses its task.</exception>
    public FeatureExtractor Open(string name)
    {
        // An instrument is the same whatever the seed of the run that it measures, and wherever the recipe names it.
        var extractor = factory.FeatureExtractor((chosen(name) ?? WithDefaults(name)).At(name), setting with { Seed = 0 });
        own(extractor);
        fitting.Prepare(name, extractor, setting.Cancellation);
        return extractor;
    }

    private ComponentChoice WithDefaults(string name)
    {
        try
        {
            return Composition.Component(ComponentKind.FeatureExtractor, name, [], catalogue);
        }
        catch (RecipeException problem)
        {
            throw new ComponentException($"an evaluator asks for the feature extractor '{name}': {string.Join("; ", problem.Errors.Select(error => error.ToString()))}; options of extractors stand under evaluation.extractors", problem);
        }
    }
}
