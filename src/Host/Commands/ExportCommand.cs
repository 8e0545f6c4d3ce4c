using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using static TorchSharp.torch;

namespace PluginGan.Host.Commands;

/// <summary><c>export</c>: the generator of a run for other programs (docs/export.md).</summary>
internal static class ExportCommand
{
    private const string Extension = ".safetensors";

    private static readonly Argument<string> Run = CommonOptions.Run();
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<string?> Out = new("--out") { Description = "The file to write. Default: export/generator.safetensors in the run's folder.", HelpName = "FILE" };
    private static readonly Option<int> Samples = NumberOption.WithDefault("--samples", "Also writes so many samples with the latents and classes that they were made from, as FILE.samples.safetensors.", 0, int.MaxValue, 0);
    private static readonly Option<ulong?> Seed = CommonOptions.Seed("Which samples: equal seeds give equal samples. Default 0.");
    private static readonly Option<bool> Best = CommonOptions.Best();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("export", "Writes the generator's averaged weights as safetensors, for Python and others.") { Run, Runs, Best, Out, Samples, Seed, Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => Execute(parsed, services, stopping)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var count = parsed.GetValue(Samples);
        var directory = RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        // On the CPU: what is exported should not depend on where.
        var device = Machine.Use("cpu", null).Device;
        using var scope = NewDisposeScope();
        using var trained = TrainedModel.Open(directory, services.GetRequiredService<PluginCatalogue>(), services.GetRequiredService<ComponentFactory>(), device, parsed.GetValue(Best), stopping);
        var target = OutputFile.Prepare(Out.Name, parsed.GetValue(Out) ?? Path.Combine(directory.Path, "export", $"generator{Extension}"), Extension);
        SampleMemory.Require("--samples", count, trained.Data.Sample);
        var metadata = Metadata(trained);
        var files = new List<string> { target };
        GeneratorFile.Write(target, GeneratorFile.Tensors(trained.Model), trained.Iteration, metadata);
        if (count > 0)
        {
            files.Add($"{(target.EndsWith(Extension, StringComparison.Ordinal) ? target[..^Extension.Length] : target)}.samples{Extension}");
            WriteSamples(files[1], trained, count, parsed.GetValue(Seed) ?? 0, metadata);
        }
        var screen = services.GetRequiredService<Screen>();
        foreach (var file in files)
            screen.Line(Path.GetRelativePath(Environment.CurrentDirectory, file));
        screen.Answer(new { run = directory.Name, iteration = trained.Iteration, files });
        return ExitCode.Done;
    }

    private static Dictionary<string, string> Metadata(TrainedModel trained) => new()
    {
        ["plugingan"] = PluginMetadata.ContractVersion,
        ["run"] = trained.Directory.Name,
        ["architecture"] = JsonNode.Parse(Recipes.ToJson(trained.Recipe))!["architecture"]!.ToJsonString(),
        ["data"] = JsonSerializer.Serialize(trained.Data, JsonSerializerOptions.Web),
        ["condition"] = JsonSerializer.Serialize(trained.Model.Condition, JsonSerializerOptions.Web),
    };

    private static void WriteSamples(string path, TrainedModel trained, int count, ulong seed, Dictionary<string, string> metadata)
    {
        if (trained.Model.Condition is not (NoCondition or ClassCondition))
            throw new UsageException($"--samples: this model is conditioned on {trained.Model.Condition}, which `export` cannot make up; leave the option out");
        var sampler = new Sampler(trained.Model, CPU);
        var which = Seeds.Of(seed, "sample");
        var tensors = new Dictionary<string, Tensor> { ["latent"] = sampler.Latents(count, which) };
        var condition = Sampler.ClassesInTurn(trained.Model.Condition, count);
        if (condition is not null)
            tensors["condition"] = condition;
        tensors["samples"] = sampler.Generate(count, condition, which);
        AtomicFile.Write(path, stream => Safetensors.Write(stream, tensors, new Dictionary<string, string>(metadata)
        {
            ["iteration"] = trained.Iteration.ToString(CultureInfo.InvariantCulture),
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        }));
    }
}
