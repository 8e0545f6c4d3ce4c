using System.Text.Json.Nodes;
using PluginGan.Core;
using PluginGan.Host.Runs;
using PluginGan.Training;

namespace PluginGan.Host.Measures;

/// <summary>Measures the generator of a run, as its recipe says unless the command line says otherwise.</summary>
internal static class RunMeasure
{
    public static EvaluationResult Of(RunDirectory directory, MeasureRequest request)
    {
        var recipe = Recipe(directory, request);
        if (recipe.Evaluators.Count == 0)
            throw new UsageException("the recipe names no evaluators; name some with --metrics, `plugingan plugins list` shows which there are");
        var (factory, components) = (request.Factory, request.Components);
        using var trained = TrainedModel.Open(directory, request.Catalogue, factory, request.Device, request.Best, request.Stopping);
        LoadNeeded(trained, recipe, request);
        var setting = new ComponentSetting(request.Device, recipe.Seed, trained.Data, request.Stopping);
        using var data = factory.Dataset(recipe.Evaluation.Dataset!, setting with { Data = null });
        Composition.CheckData(recipe, components, trained.Data, long.MaxValue, data.Spec);
        (recipe, var extractor) = RunAssembly.WithExtractor(recipe, trained.Data, components);
        if (extractor is not null)
            request.Say($"{extractor}");
        using var owned = new OwnedParts();
        using var evaluation = RunAssembly.OpenEvaluation(
            recipe, factory, components, setting, data, () => owned.Add(factory.Dataset(recipe.Dataset, setting with { Data = null })), part => owned.Add(part), request.SaveFeatures);
        return evaluation.Measure(trained.Model, request.Stopping) with { Iteration = trained.Iteration };
    }

    // generator.safetensors holds what samples are made by; an encoder that a measure needs is in the checkpoints.
    private static void LoadNeeded(TrainedModel trained, Recipe recipe, MeasureRequest request)
    {
        var needed = request.Components.Where(component => component.Kind == ComponentKind.Evaluator && recipe.Evaluators.Any(choice => choice.Name == component.Info.Name))
            .SelectMany(component => component.Info.RequiredRoles).Except(trained.Model.Generates).Where(trained.Model.Networks.ContainsKey).ToList();
        if (needed.Count == 0)
            return;
        var iteration = CheckpointNetworks.Load(trained.Model, needed, trained.Directory.Checkpoints, request.Warn);
        if (iteration != trained.Iteration)
            request.Warn($"the networks {string.Join(", ", needed)} are those of iteration {iteration}, but the generator is that of iteration {trained.Iteration}: only checkpoints hold the former");
    }

    private static Recipe Recipe(RunDirectory directory, MeasureRequest request)
    {
        var trainedWith = RecipeReading.Compose(directory.RecipePath, [], request.Catalogue);
        var evaluators = request.Metrics ?? [.. trainedWith.Evaluators.Select(choice => choice.Name)];
        string[] extractors = [.. trainedWith.Evaluation.Extractors.Select(choice => choice.Name)];
        extractors = [.. extractors, .. request.Settings.Names.Where(name => Is(ComponentKind.FeatureExtractor, name)).Except(extractors)];
        if (request.Settings.Names.FirstOrDefault(name => !evaluators.Contains(name) && !extractors.Contains(name)) is { } unused)
            throw new UsageException($"--set: '{unused}' takes no part; the evaluators are {string.Join(", ", evaluators)}");
        // An evaluator that the recipe names keeps the options that it has there.
        var overrides = new List<string>
        {
            $"evaluators={List(evaluators, trainedWith.Evaluators)}",
            $"evaluation.extractors={List(extractors, trainedWith.Evaluation.Extractors)}",
            $"evaluation.resamples={request.Resamples}",
        };
        if (request.Samples is { } samples)
            overrides.Add($"evaluation.samples={samples}");
        if (request.Seed is { } seed)
            overrides.Add($"seed={seed}");
        try
        {
            return RecipeReading.Compose(directory.RecipePath, overrides, request.Catalogue);
        }
        catch (RecipeException problem)
        {
            // Nobody wrote these overrides: they came of --metrics and --set.
            throw new RecipeException([.. problem.Errors.Select(error => error.File.StartsWith("override", StringComparison.Ordinal) ? new RecipeError("--metrics or --set", error.Path, null, null, error.Message) : error)]);
        }

        bool Is(ComponentKind kind, string name) => request.Components.Any(component => component.Kind == kind && component.Info.Name == name);

        // One that stands there several times does so with options of its own each time.
        string List(IReadOnlyList<string> names, IReadOnlyList<ComponentChoice> known)
        {
            var chosen = names.Distinct().SelectMany(name => known.Where(choice => choice.Name == name).DefaultIfEmpty(), (name, choice) => request.Settings.InRecipe(name, choice));
            return new JsonArray([.. chosen]).ToJsonString();
        }
    }
}
