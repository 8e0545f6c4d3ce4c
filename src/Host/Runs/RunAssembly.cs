using PluginGan.Core;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>The parts of a run, made from its recipe in the order in which they depend on each other: data, model, game, measures.</summary>
internal sealed class RunAssembly : IDisposable
{
    private readonly Stack<IDisposable> owned = new();

    private RunAssembly(Recipe recipe) => Recipe = recipe;

    public Recipe Recipe { get; }

    public required Dataset Dataset { get; init; }

    public required TrainerSetup Setup { get; init; }

    public required EvaluationRun? Evaluation { get; init; }

    /// <summary>Opens the data, checks it against the recipe, and builds networks and game.</summary>
    /// <exception cref="RecipeException">The opened data does not fit the rest.</exception>
    /// <exception cref="ComponentException">A component refuses its task.</exception>
    public static RunAssembly Build(Recipe recipe, ComponentFactory factory, IReadOnlyList<ComponentDescription> catalogue, torch.Device device, CancellationToken cancellation)
    {
        var owned = new Stack<IDisposable>();
        try
        {
            return Build(recipe, factory, catalogue, device, cancellation, owned);
        }
        catch
        {
            DisposeAll(owned);
            throw;
        }
    }

    public void Dispose() => DisposeAll(owned);

    private static RunAssembly Build(
        Recipe recipe, ComponentFactory factory, IReadOnlyList<ComponentDescription> catalogue, torch.Device device, CancellationToken cancellation, Stack<IDisposable> owned)
    {
        var setting = new ComponentSetting(device, recipe.Seed, null, cancellation);
        var components = new Dictionary<string, Component>(StringComparer.Ordinal);
        var dataset = Add("dataset", factory.Dataset(recipe.Dataset, setting));
        var evaluates = recipe.Evaluators.Count > 0;
        var evaluationData = evaluates ? Own(factory.Dataset(recipe.Evaluation.Dataset, setting)) : dataset;
        Composition.CheckData(recipe, catalogue, dataset.Spec, dataset.Count, evaluationData.Spec);
        setting = setting with { Data = dataset.Spec };

        var model = Add("model", factory.Model(recipe.Architecture, new ModelSpec(dataset.Spec, recipe.Training.Pack), setting));
        foreach (var network in model.Networks.Values)
            Own(network);
        var objective = Add("objective", recipe.Objective is { } choice ? factory.Objective(choice, model, setting) : Adversarial());
        foreach (var network in objective.Networks.Values)
            Own(network);
        var augmentations = recipe.Augmentations.Select(augmentation =>
            (Add(augmentation.Component.Path, factory.Augmentation(augmentation.Component, setting)), augmentation.Strength)).ToList();
        var evaluation = evaluates ? Own(Evaluation(recipe, factory, setting, evaluationData, Own)) : null;

        return new RunAssembly(recipe)
        {
            Dataset = dataset,
            Evaluation = evaluation,
            Setup = new TrainerSetup
            {
                Model = model,
                Objective = objective,
                Data = Own(BatchSource.Open(dataset, recipe.Seed, device, recipe.Training.Data)),
                Training = recipe.Training,
                Seed = recipe.Seed,
                Device = device,
                Augmentations = augmentations,
                Components = components,
                Evaluates = evaluates,
                Baseline = recipe.Evaluation.Baseline,
            },
        }.Owning(owned);

        Objective Adversarial() => new AdversarialObjective(
            recipe.Loss is { } loss ? Add("loss", factory.Loss(loss, setting)) : null,
            [.. recipe.Regularizers.Select(term => new WeightedRegularizer(term.Component.Name, Add(term.Component.Path, factory.Regularizer(term.Component, setting)), term.Weight, term.Interval))],
            model,
            recipe.Training.DiscriminatorSteps);

        T Add<T>(string name, T component)
            where T : Component
        {
            components.Add(name, component);
            return Own(component);
        }

        T Own<T>(T part)
            where T : IDisposable
        {
            owned.Push(part);
            return part;
        }
    }

    /// <summary>The measures of a recipe on opened data. Extractors are opened by name with default options.</summary>
    public static EvaluationRun Evaluation(Recipe recipe, ComponentFactory factory, ComponentSetting setting, Dataset data, Func<IDisposable, IDisposable> own) => new(
        [.. recipe.Evaluators.Select(choice => (Evaluator)own(factory.Evaluator(choice, setting)))],
        name => (FeatureExtractor)own(factory.FeatureExtractor(ComponentChoice.Named(name), setting)),
        data,
        recipe.Evaluation.Samples,
        recipe.Seed,
        setting.Device);

    private static void DisposeAll(Stack<IDisposable> owned)
    {
        while (owned.TryPop(out var part))
            part.Dispose();
    }

    private RunAssembly Owning(Stack<IDisposable> parts)
    {
        foreach (var part in parts.Reverse())
            owned.Push(part);
        return this;
    }
}
