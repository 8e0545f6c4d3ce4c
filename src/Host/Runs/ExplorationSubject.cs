using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Core;
using PluginGan.Host.Measures;
using PluginGan.Host.Plugins;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>What explorations of a run need beside its model, opened when it is first asked for: the training data, a feature extractor, the discriminator's weights.</summary>
internal sealed class ExplorationSubject(TrainedModel trained, IServiceProvider services, torch.Device device, ulong seed, int count, CancellationToken stopping) : IDisposable
{
    private readonly PluginCatalogue catalogue = services.GetRequiredService<PluginCatalogue>();
    private readonly ComponentFactory factory = services.GetRequiredService<ComponentFactory>();
    private readonly Stack<IDisposable> owned = new();
    private Dataset? dataset;
    private Batch? real;

    private ComponentSetting Setting => new(device, trained.Recipe.Seed, trained.Data, stopping);

    /// <summary>The model, with conditions of real samples where it needs such.</summary>
    public ExploredModel Model(int steps)
    {
        var conditions = trained.Model.Condition is NoCondition or ClassCondition ? null : Real().Condition;
        return new ExploredModel(trained.Model, trained.Data.Sample, device, seed, conditions)
        {
            Count = count,
            Steps = steps,
            Provenance = trained.Provenance,
            Progress = services.GetRequiredService<IProgress<ComponentProgress>>(),
            Cancellation = stopping,
        };
    }

    /// <summary>Makes an exploration by its name.</summary>
    public Func<Exploration> Preparation(string name) => name switch
    {
        "traversal" => () => new TraversalStrips(),
        "directions" => () => new DirectionStrips(),
        "interpolation" => () => new InterpolationStrips(),
        "classes" => () => new ClassStrips(),
        "saliency" => Saliency,
        "neighbours" => () => new TrainingNeighbours(Dataset(), Features()),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "there is no such exploration"),
    };

    public void Dispose()
    {
        real?.Dispose();
        while (owned.TryPop(out var part))
            part.Dispose();
    }

    private SaliencyMaps Saliency()
    {
        var iteration = CheckpointNetworks.Load(trained.Model, [.. trained.Model.Networks.Keys.Except(trained.Model.Generates)], trained.Directory.Checkpoints, services.GetRequiredService<Screen>().Warning);
        return new SaliencyMaps(iteration, trained.Recipe.Training.Pack, RealOrNone());
    }

    private Batch? RealOrNone()
    {
        try
        {
            return Real();
        }
        catch (ComponentException) when (trained.Model.Condition is NoCondition or ClassCondition)
        {
            return null;
        }
    }

    private Batch Real() => real ??= RealSamples.Draw(Dataset(), count + trained.Recipe.Training.Pack - 1, seed);

    private Dataset Dataset()
    {
        if (dataset is not null)
            return dataset;
        var opened = factory.Dataset(trained.Recipe.Dataset, Setting with { Data = null });
        owned.Push(opened);
        return Equals(opened.Spec.Sample.Kind, trained.Data.Sample.Kind) && opened.Spec.Sample.Shape.SequenceEqual(trained.Data.Sample.Shape)
            ? dataset = opened
            : throw new ComponentException($"the training data has changed: it yields {opened.Spec.Sample} now, and the run was trained on {trained.Data.Sample}");
    }

    // The extractor that the recipe's evaluators name, where it takes these samples as it is.
    private SampleFeatures Features()
    {
        foreach (var name in trained.Recipe.Evaluators.Select(Extractor).OfType<string>().Distinct())
            if (Open(name) is { } extractor && extractor.Input.Kind == trained.Data.Sample.Kind && extractor.Input.Shape.SequenceEqual(trained.Data.Sample.Shape))
                return SampleFeatures.Of(name, extractor, device);
        return SampleFeatures.Values(device);
    }

    private FeatureExtractor? Open(string name)
    {
        var recipe = trained.Recipe;
        var fitting = factory.Fitting(Dataset, () => Own(factory.Dataset(recipe.Evaluation.Dataset!, Setting with { Data = null })), device);
        try
        {
            return new ExtractorSource(factory, catalogue.Components, Setting, wanted => recipe.Evaluation.Extractors.FirstOrDefault(choice => choice.Name == wanted), fitting, owned.Push).Open(name);
        }
        catch (ComponentException)
        {
            // It refuses this data: the values of the samples do for all.
            return null;
        }
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        owned.Push(part);
        return part;
    }

    private string? Extractor(ComponentChoice evaluator) =>
        evaluator.Options.TryGetValue("extractor", out var name) && name.ValueKind == JsonValueKind.String
        && catalogue.Components.Any(component => component.Kind == ComponentKind.FeatureExtractor && component.Info.Name == name.GetString())
            ? name.GetString()
            : null;
}
