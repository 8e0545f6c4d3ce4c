using PluginGan.Core;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>The parts of a run, made from its recipe in the order in which they depend on each other: data, model, game, measures.</summary>
internal sealed class RunAssembly : IDisposable
{
    private readonly Stack<IDisposable> owned = new();
    private readonly Dictionary<string, Component> components = new(StringComparer.Ordinal);

    private RunAssembly(Recipe recipe) => Recipe = recipe;

    /// <summary>The recipe with nothing left to choose.</summary>
    public Recipe Recipe { get; private set; }

    public Dataset Dataset { get; private set; } = null!;

    public TrainerSetup Setup { get; private set; } = null!;

    public EvaluationRun? Evaluation { get; private set; }

    /// <summary>Opens the data, checks it against the recipe, and builds networks and game.</summary>
    /// <exception cref="RecipeException">The opened data does not fit the rest.</exception>
    /// <exception cref="ComponentException">A component refuses its task.</exception>
    public static RunAssembly Build(Recipe recipe, ComponentFactory factory, IReadOnlyList<ComponentDescription> catalogue, torch.Device device, CancellationToken cancellation)
    {
        var assembly = new RunAssembly(recipe);
        try
        {
            assembly.Open(factory, catalogue, new ComponentSetting(device, recipe.Seed, null, cancellation));
            return assembly;
        }
        catch
        {
            assembly.Dispose();
            throw;
        }
    }

    /// <summary>The measures of a recipe on opened data. Extractors are opened by name, with the options that the recipe gives or else their defaults.</summary>
    /// <param name="recipe">A composed recipe.</param>
    /// <param name="factory">Makes evaluators and extractors.</param>
    /// <param name="catalogue">The known components.</param>
    /// <param name="setting">The run's.</param>
    /// <param name="data">The evaluation data.</param>
    /// <param name="training">Opens the training data, for extractors that are fitted on it.</param>
    /// <param name="own">Told of everything that is made, to dispose it after the measures.</param>
    public static EvaluationRun OpenEvaluation(
        Recipe recipe, ComponentFactory factory, IReadOnlyList<ComponentDescription> catalogue, ComponentSetting setting, Dataset data, Func<Dataset> training, Action<IDisposable> own)
    {
        var fitting = factory.Fitting(training, () => Own(factory.Dataset(recipe.Evaluation.Dataset!, setting with { Data = null })), setting.Device);
        return new EvaluationRun(
            [.. recipe.Evaluators.Select(choice => Own(factory.Evaluator(choice, setting)))],
            Extractor,
            data,
            recipe.Evaluation.Samples,
            recipe.Seed,
            setting.Device);

        FeatureExtractor Extractor(string name)
        {
            var choice = recipe.Evaluation.Extractors.FirstOrDefault(choice => choice.Name == name) ?? WithDefaults(name);
            // An instrument is the same whatever the seed of the run that it measures, and wherever the recipe names it.
            var extractor = Own(factory.FeatureExtractor(choice.At(name), setting with { Seed = 0 }));
            fitting.Prepare(name, extractor, setting.Cancellation);
            return extractor;
        }

        ComponentChoice WithDefaults(string name)
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

        T Own<T>(T component)
            where T : Component
        {
            own(component);
            return component;
        }
    }

    public void Dispose()
    {
        while (owned.TryPop(out var part))
            part.Dispose();
    }

    private void Open(ComponentFactory factory, IReadOnlyList<ComponentDescription> catalogue, ComponentSetting setting)
    {
        Dataset = Add("dataset", factory.Dataset(Recipe.Dataset, setting));
        // The measures copy what they need of it.
        using var otherData = Recipe.Evaluators.Count > 0 ? factory.Dataset(Recipe.Evaluation.Dataset!, setting) : null;
        var evaluationData = otherData ?? Dataset;
        Composition.CheckData(Recipe, catalogue, Dataset.Spec, Dataset.Count, evaluationData.Spec);

        Recipe = Recipe.With(Recipe.Training.Choose(Dataset.Spec.Sample.Kind, setting.Device.type == DeviceType.CPU, CpuFeatures.TrainsInBf16()));
        setting = setting with { Data = Dataset.Spec };
        var model = Add("model", factory.Model(Recipe.Architecture, new ModelSpec(Dataset.Spec, Recipe.Training.Pack), setting));
        var objective = Recipe.Objective is { } choice ? Add("objective", factory.Objective(choice, model, setting)) : Own(Adversarial(factory, model, setting));
        foreach (var network in model.Networks.Concat(objective.Networks))
            Own(network.Value);
        Setup = new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Augmentations = [.. Recipe.Augmentations.Select(augmentation => (Add(augmentation.Component.Path, factory.Augmentation(augmentation.Component, setting)), augmentation.Strength))],
            Data = Own(BatchSource.Open(Dataset, Recipe.Seed, setting.Device, Recipe.Training.Data)),
            Training = Recipe.Training,
            Optimizers = model.Networks.Keys.Concat(objective.Networks.Keys).Distinct().ToDictionary(role => role, role => Optimizer(factory, role, setting)),
            Seed = Recipe.Seed,
            Device = setting.Device,
            Components = components,
            Evaluates = Recipe.Evaluators.Count > 0,
            Baseline = Recipe.Evaluation.Baseline,
        };
        if (Setup.Evaluates)
            Evaluation = Own(OpenEvaluation(Recipe, factory, catalogue, setting, evaluationData, () => Dataset, owned.Push));
        CheckBest();
    }

    // What a metric is called is known once its evaluator is there.
    private void CheckBest()
    {
        string[] known = [.. Evaluation?.Metrics.Select(metric => metric.Name) ?? []];
        if (Recipe.Training.Retention.Best is not { } best || known.Contains(best))
            return;
        var message = known.Length == 0 ? "needs evaluators that measure it" : $"there is no metric '{best}'; the evaluators measure {string.Join(", ", known)}";
        throw new RecipeException([new RecipeError("", "training.keepBest", null, null, message)]);
    }

    private AdversarialObjective Adversarial(ComponentFactory factory, GanModel model, ComponentSetting setting) => new(
        Recipe.Loss is { } loss ? Add("loss", factory.Loss(loss, setting)) : null,
        [.. Recipe.Regularizers.Select(term => new WeightedRegularizer(term.Component.Name, Add(term.Component.Path, factory.Regularizer(term.Component, setting)), term.Weight, term.Interval))],
        model,
        Recipe.Training.DiscriminatorSteps);

    private NetworkOptimizer Optimizer(ComponentFactory factory, string role, ComponentSetting setting)
    {
        var settings = Recipe.Training.Optimizer(role);
        return new NetworkOptimizer(Add($"optimizers/{role}", factory.Optimizer(settings.Component, setting)), settings.Rate, settings.Clip);
    }

    // A component's name in the run stays the same across resumes: its state is found by it.
    private T Add<T>(string name, T component)
        where T : Component
    {
        components.Add(name, component);
        if (component.State is { } state)
            Own(state);
        return Own(component);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        owned.Push(part);
        return part;
    }
}
