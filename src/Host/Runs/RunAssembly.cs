using System.Text.Json;
using PluginGan.Core;
using PluginGan.Host.Measures;
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

    /// <summary>The feature extractor of evaluators whose recipe leaves it open; null where none does.</summary>
    public ChosenExtractor? Extractor { get; private set; }

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
    /// <param name="training">Opens the training data.</param>
    /// <param name="own">Told of everything that is made, to dispose it after the measures.</param>
    /// <param name="saveFeatures">A file for the features of both sets, or null.</param>
    public static EvaluationRun OpenEvaluation(
        Recipe recipe, ComponentFactory factory, IReadOnlyList<ComponentDescription> catalogue, ComponentSetting setting, Dataset data, Func<Dataset> training, Action<IDisposable> own,
        string? saveFeatures = null)
    {
        var (evaluation, trainingData) = (recipe.Evaluation.Dataset!, new Lazy<Dataset>(training));
        var fitting = factory.Fitting(() => trainingData.Value, () => Own(factory.Dataset(evaluation, setting with { Data = null })), setting.Device);
        var opened = new EvaluationRun(
            [.. recipe.Evaluators.Select(choice => Own(factory.Evaluator(choice, setting)))],
            new ExtractorSource(factory, catalogue, setting, name => recipe.Evaluation.Extractors.FirstOrDefault(choice => choice.Name == name), fitting, own).Open,
            data,
            recipe.Evaluation.Samples,
            recipe.Seed,
            setting.Device,
            new EvaluationOptions
            {
                Names = [.. recipe.Evaluators.Select(choice => choice.Name)],
                Dataset = evaluation.Name,
                Split = evaluation.Options.TryGetValue("split", out var split) && split.ValueKind == JsonValueKind.String ? split.GetString() : null,
                Training = trainingData,
                TrainingIsOther = !recipe.Dataset.Equals(evaluation.At(recipe.Dataset.Path)),
                Floor = recipe.Evaluation.Floor,
                Resamples = recipe.Evaluation.Resamples,
                Cache = factory.Features,
                Progress = factory.Progress,
                SaveFeatures = saveFeatures,
            })
        {
            Trace = factory.Trace,
        };
        if (opened.Metrics.GroupBy(metric => metric.Name).FirstOrDefault(named => named.Count() > 1) is not { } twice)
            return opened;
        opened.Dispose();
        throw new ComponentException($"evaluators: two of them measure '{twice.Key}', and a score could not tell which it is of; take one out");

        T Own<T>(T component)
            where T : Component
        {
            own(component);
            return component;
        }
    }

    /// <summary>A recipe whose evaluators name their feature extractor, and the one that was chosen for those that left it open.</summary>
    public static (Recipe Recipe, ChosenExtractor? Extractor) WithExtractor(
        Recipe recipe, DataSpec data, IReadOnlyList<ComponentDescription> catalogue)
    {
        if (!recipe.Evaluators.Any(Composition.LeavesExtractor))
            return (recipe, null);
        var chosen = Composition.UsualExtractor(recipe.Dataset, data, canFit: true, catalogue);
        return chosen is null ? (recipe, null) : (Composition.WithExtractor(recipe, chosen.Name), chosen);
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

        (Recipe, Extractor) = WithExtractor(Recipe, Dataset.Spec, catalogue);
        Recipe = Recipe.With(Recipe.Training.Choose(Dataset.Spec.Sample.Kind, setting.Device.type == DeviceType.CPU, CpuFeatures.TrainsInBf16()));
        setting = setting with { Data = Dataset.Spec };
        var model = Add("model", factory.Model(Recipe.Architecture, new ModelSpec(Dataset.Spec, Recipe.Training.Pack), setting));
        var loss = Recipe.Loss is { } named ? Add("loss", factory.Loss(named, setting)) : null;
        WeightedRegularizer[] regularizers =
            [.. Recipe.Regularizers.Select(term => new WeightedRegularizer(term.Component.Name, Add(term.Component.Path, factory.Regularizer(term.Component, setting)), term.Weight, term.Interval))];
        var objective = Recipe.Objective is { } choice ? Add("objective", factory.Objective(choice, model, setting)) : Own(AdversarialObjective.Of(model, loss, regularizers));
        foreach (var network in model.Networks.Concat(objective.Networks))
            Own(network.Value);
        Setup = new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Loss = loss,
            Regularizers = regularizers,
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
        CheckAugmentations();
        if (Setup.Evaluates)
            Evaluation = Own(OpenEvaluation(Recipe, factory, catalogue, setting, evaluationData, TrainingToRead, owned.Push));
        CheckBest();

        // A dataset is read by one thread at a time, and the training may be reading this one ahead.
        Dataset TrainingToRead() => Setup.Data.ReadsAhead ? Own(factory.Dataset(Recipe.Dataset, setting with { Data = null })) : Dataset;
    }

    private void CheckAugmentations()
    {
        if (Setup.Loss?.NeutralLogit is not null)
            return;
        foreach (var (choice, (augmentation, _)) in Recipe.Augmentations.Zip(Setup.Augmentations))
            if (augmentation.Adapts)
                throw new ComponentException($"{choice.Component.Path}: '{choice.Component.Name}' adapts to how sure the discriminator is of real samples, but "
                    + $"{(Recipe.Loss is { } loss ? $"the logits of the loss '{loss.Name}' do not say that" : "there is no loss")}; give it a fixed strength, or take a loss whose logits do (non-saturating, hinge, least-squares)");
    }

    // What a metric is called is known once its evaluator is there.
    private void CheckBest()
    {
        if (EarlyStop.Refusal(Recipe.Training, Evaluation?.Metrics ?? []) is { } refusal)
            throw new RecipeException([new RecipeError("", "training.keepBest", null, null, refusal)]);
    }

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
