using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Host.Measures;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;

namespace PluginGan.Host.Commands;

/// <summary><c>evaluate</c>: measures a run's generator, samples that are at hand, or saved features.</summary>
internal static class EvaluateCommand
{
    private const int UsualResamples = 20;
    private const int MostResamples = 10_000;

    private static readonly Argument<string?> Run = new("RUN") { Description = CommonOptions.Run().Description, Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<string?> Real = new("--real") { Description = "Instead of a run: a folder of real images, or a dataset by name or as JSON.", HelpName = "FOLDER" };
    private static readonly Option<string?> Generated = new("--generated") { Description = "With --real: the folder of the images to measure, or a dataset.", HelpName = "FOLDER" };
    private static readonly Option<string[]> Features = new("--features")
    {
        Description = "Instead of a run: the real features of one file that --save-features has written against the generated ones of another, or of the same.",
        HelpName = "FILE",
        Arity = new ArgumentArity(1, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> SaveFeatures = new("--save-features") { Description = "Writes the features of both sets, for --features.", HelpName = "FILE" };
    private static readonly Option<string?> Metrics = new("--metrics") { Description = "Evaluators by name, separated by commas; by default the recipe's.", HelpName = "A,B" };
    private static readonly Option<string[]> Set = new("--set") { Description = "Sets an option of an evaluator, extractor or dataset: --set fid.extractor=classifier. Repeatable.", HelpName = "NAME.OPTION=VALUE" };
    private static readonly Option<int?> Samples = NumberOption.Optional("--samples", "How many real and generated samples to compare; by default the recipe's.", 1, int.MaxValue);
    private static readonly Option<int> Resamples = NumberOption.WithDefault("--resamples", "Random halves that are measured for the intervals; 0 for none.", 0, MostResamples, UsualResamples);
    private static readonly Option<ulong?> Seed = CommonOptions.Seed("Which samples and latents; by default the recipe's.");
    private static readonly Option<string> Device = CommonOptions.Device();
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Best = CommonOptions.Best();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures the generator of a run, or samples that are at hand.")
        {
            Run, Runs, Best, Real, Generated, Features, SaveFeatures, Metrics, Set, Samples, Resamples, Seed, Device, Threads, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => Execute(parsed, services, stopping)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var measured = Measured(parsed);
        var request = Request(parsed, services, stopping);
        RunDirectory? directory = null;
        if (measured == Run.Name)
            directory = RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        var result = measured switch
        {
            _ when directory is not null => RunMeasure.Of(directory, request),
            _ when measured == Real.Name => new SampleMeasure(request).Of(parsed.GetValue(Real)!, parsed.GetValue(Generated)!),
            _ => FeatureMeasure.Of(parsed.GetValue(Features)!, request),
        };
        if (result.Scores.Count == 0)
            throw new ComponentException($"nothing could be measured: {string.Join("; ", result.Skipped)}");
        var screen = services.GetRequiredService<Screen>();
        ScoreTable.Write(screen, result);
        if (request.SaveFeatures is { } file)
            screen.Line($"features: {file}");
        screen.Answer(Answer(result with { Time = services.GetRequiredService<TimeProvider>().GetUtcNow() }, parsed, directory));
        return ExitCode.Done;
    }

    /// <summary>Which of the three it is that is measured.</summary>
    private static string Measured(ParseResult parsed)
    {
        var (real, generated) = (parsed.GetValue(Real), parsed.GetValue(Generated));
        if ((real is null) != (generated is null))
            throw new UsageException($"{(real is null ? Generated : Real).Name} needs {(real is null ? Real : Generated).Name} beside it: what is measured is one set of samples against another");
        string[] asked = [.. new[] { (Run.Name, parsed.GetValue(Run) is not null), (Real.Name, real is not null), (Features.Name, parsed.GetValue(Features) is { Length: > 0 }) }
            .Where(kind => kind.Item2).Select(kind => kind.Item1)];
        if (asked.Length != 1)
        {
            throw new UsageException($"{(asked.Length == 0 ? "there is nothing to measure" : $"{string.Join(" and ", asked)} exclude each other")}: "
                + "name a run, or --real and --generated, or --features");
        }
        if (asked[0] == Features.Name && parsed.GetValue(SaveFeatures) is not null)
            throw new UsageException("--save-features: the features are in files already");
        if (asked[0] != Run.Name && parsed.GetValue(Best))
            throw new UsageException($"{Best.Name} belongs to a run");
        return asked[0];
    }

    private static MeasureRequest Request(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var catalogue = services.GetRequiredService<PluginCatalogue>();
        return new MeasureRequest
        {
            Catalogue = catalogue,
            Factory = services.GetRequiredService<ComponentFactory>(),
            Settings = new MeasureSettings(parsed.GetValue(Set) ?? [], catalogue.Components),
            Metrics = parsed.GetValue(Metrics)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Samples = parsed.GetValue(Samples),
            Resamples = parsed.GetValue(Resamples),
            Best = parsed.GetValue(Best),
            Seed = parsed.GetValue(Seed),
            SaveFeatures = parsed.GetValue(SaveFeatures) is { } path ? OutputFile.Prepare(SaveFeatures.Name, path, ".safetensors") : null,
            Device = Machine.Use(parsed.GetValue(Device)!, parsed.GetValue(Threads)).Device,
            Warn = services.GetRequiredService<Screen>().Warning,
            Say = services.GetRequiredService<Screen>().Line,
            Stopping = stopping,
        };
    }

    /// <summary>The document of <c>evaluations/0002000.json</c>, with what was measured.</summary>
    private static JsonObject Answer(EvaluationResult result, ParseResult parsed, RunDirectory? directory)
    {
        var answer = JsonSerializer.SerializeToNode(result, EvaluationResult.Json)!.AsObject();
        if (directory is not null)
            answer["run"] = directory.Name;
        if (parsed.GetValue(Generated) is { } generated)
            answer["generated"] = generated;
        if (parsed.GetValue(Features) is { Length: > 0 } files)
            answer["generated"] = files[^1];
        return answer;
    }
}
