using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;

namespace PluginGan.Host.Commands;

/// <summary><c>evaluate</c>: measures a run's generator.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Run = CommonOptions.Run();
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<string?> Metrics = new("--metrics") { Description = "Evaluators by name, separated by commas; by default the recipe's.", HelpName = "A,B" };
    private static readonly Option<int?> Samples = new("--samples") { Description = "How many real and generated samples to compare; by default the recipe's.", HelpName = "N" };
    private static readonly Option<ulong?> Seed = CommonOptions.Seed("Which real samples and latents; by default the recipe's.");
    private static readonly Option<string> Device = CommonOptions.Device();
    private static readonly Option<int> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures the generator of a run.") { Run, Runs, Metrics, Samples, Seed, Device, Threads, Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => Execute(parsed, services, stopping)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var catalogue = services.GetRequiredService<PluginCatalogue>();
        var factory = services.GetRequiredService<ComponentFactory>();
        var directory = RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        var trainedWith = RecipeReading.Compose(directory.RecipePath, [], catalogue);
        var recipe = RecipeReading.Compose(directory.RecipePath, [.. Overrides(parsed, trainedWith)], catalogue);
        if (recipe.Evaluators.Count == 0)
            throw new UsageException("the recipe names no evaluators; name some with --metrics, `plugingan plugins list` shows which there are");
        var device = Machine.Use(parsed.GetValue(Device)!, parsed.GetValue(Threads)).Device;
        using var trained = TrainedModel.Open(directory, catalogue, factory, device, stopping);
        var setting = new ComponentSetting(device, recipe.Seed, trained.Data, stopping);
        using var data = factory.Dataset(recipe.Evaluation.Dataset!, setting with { Data = null });
        Composition.CheckData(recipe, catalogue.Components, trained.Data, long.MaxValue, data.Spec);
        var owned = new List<IDisposable>();
        var training = new Lazy<Dataset>(() =>
        {
            var opened = factory.Dataset(recipe.Dataset, setting with { Data = null });
            owned.Add(opened);
            return opened;
        });
        try
        {
            using var evaluation = RunAssembly.OpenEvaluation(recipe, factory, catalogue.Components, setting, data, () => training.Value, owned.Add);
            Report(services.GetRequiredService<Screen>(), directory, recipe, evaluation, evaluation.Measure(trained.Model, stopping));
            return ExitCode.Done;
        }
        finally
        {
            foreach (var part in owned)
                part.Dispose();
        }
    }

    private static void Report(Screen screen, RunDirectory directory, Recipe recipe, EvaluationRun evaluation, IReadOnlyList<MetricValue> values)
    {
        var better = evaluation.Metrics.ToDictionary(metric => metric.Name, metric => metric.HigherIsBetter ? "higher" : "lower");
        var table = new Table().AddColumns("metric", "value", "better");
        foreach (var value in values)
            table.AddRow(Markup.Escape(value.Name), TrainingText.Number(value.Value), better.GetValueOrDefault(value.Name, ""));
        screen.Text.Write(table);
        var dataset = recipe.Evaluation.Dataset!.Name;
        screen.Line($"{evaluation.Count} generated against {evaluation.Count} real samples of {dataset}, seed {recipe.Seed}");
        screen.Answer(new
        {
            run = directory.Name,
            samples = evaluation.Count,
            dataset,
            seed = recipe.Seed,
            extractors = evaluation.Fingerprints,
            metrics = values.ToDictionary(value => value.Name, value => value.Value),
        });
    }

    private static IEnumerable<string> Overrides(ParseResult parsed, Recipe recipe)
    {
        // An evaluator that the recipe names keeps the options that it has there.
        JsonNode Evaluator(string name) => recipe.Evaluators.FirstOrDefault(choice => choice.Name == name) is { } known
            ? new JsonObject(known.Options.Select(option => KeyValuePair.Create(option.Key, JsonNode.Parse(option.Value.GetRawText()))).Prepend(new("name", name)))
            : name;
        if (parsed.GetValue(Metrics) is { } metrics)
            yield return $"evaluators={new JsonArray([.. metrics.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Evaluator)]).ToJsonString()}";
        if (parsed.GetValue(Samples) is { } samples)
            yield return $"evaluation.samples={samples}";
        if (parsed.GetValue(Seed) is { } seed)
            yield return $"seed={seed}";
    }
}
