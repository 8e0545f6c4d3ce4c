using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;

namespace PluginGan.Host.Commands;

/// <summary><c>fit</c>: trains a feature extractor on labelled data and writes its weights; the one that ships was made with it.</summary>
internal static class FitCommand
{
    // Where an extractor comes with weights, this option leaves them out.
    private const string Untrained = "untrained";

    private static readonly Argument<string> Extractor = new("EXTRACTOR") { Description = "The feature extractor to train." };
    private static readonly Option<string> Dataset = new("--dataset") { Description = "The labelled data: a dataset by name, one with options as JSON, or a folder of images with a subfolder for each class; accuracy is measured on its other split.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "The safetensors file to write.", HelpName = "FILE", Required = true };
    private static readonly Option<ulong?> Seed = CommonOptions.Seed("The seed. Default 1.");
    private static readonly Option<string> Device = CommonOptions.Device();
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("fit", "Trains a feature extractor from scratch.") { Extractor, Dataset, Out, Seed, Device, Threads, Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => Execute(parsed, services, stopping)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var components = services.GetRequiredService<PluginCatalogue>().Components;
        var (factory, screen) = (services.GetRequiredService<ComponentFactory>(), services.GetRequiredService<Screen>());
        var device = Machine.Use(parsed.GetValue(Device)!, parsed.GetValue(Threads)).Device;
        var setting = new ComponentSetting(device, parsed.GetValue(Seed) ?? 1, null, stopping);
        var name = parsed.GetValue(Extractor)!;
        var comesWithWeights = components.Any(known => known.Kind == ComponentKind.FeatureExtractor && known.Info.Name == name && known.Options.Any(option => option.Name == Untrained));
        var untrained = Composition.Component(ComponentKind.FeatureExtractor, name, comesWithWeights ? [$"{Untrained}=true"] : [], components);
        var learned = new DatasetText(components, dataset => dataset == DatasetText.Images ? ["split=train"] : []).Read("--dataset", parsed.GetValue(Dataset)!);
        var heldOut = Composition.OtherSplit(learned, components);
        using var train = factory.Dataset(learned, setting);
        using var test = factory.Dataset(heldOut, setting);
        using var extractor = factory.FeatureExtractor(untrained, setting with { Data = train.Spec });
        var path = OutputFile.Prepare(Out.Name, parsed.GetValue(Out)!, ".safetensors");
        var fitting = extractor.Fitting ?? throw new UsageException($"the feature extractor '{name}' is not trained from data");
        if (train.Spec.Condition is not ClassCondition)
            throw new UsageException($"--dataset: '{learned.Name}' has no classes to learn");
        Trainer? fitted = null;
        try
        {
            Fitter.Fit(fitting, train, setting.Seed, device, (trainer, scalars) =>
            {
                fitted = trainer;
                var values = string.Join("  ", scalars.Select(value => $"{value.Key} {TrainingText.Number(value.Value)}"));
                screen.ProgressLine($"iteration {trainer.Iteration}/{trainer.Iterations}  {values}");
            }, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            var reached = fitted is null ? "" : $" after iteration {fitted.Iteration} of {fitted.Iterations}";
            screen.Error($"interrupted{reached}: '{path}' was not written, and a fit cannot be resumed; start it again");
            return ExitCode.Interrupted;
        }
        AtomicFile.Write(path, stream => Safetensors.Write(stream, fitting.Network.state_dict()));
        var accuracy = Fitter.Accuracy(extractor, test, device);
        var samples = JsonSerializer.Serialize(heldOut.Options) == JsonSerializer.Serialize(learned.Options) ? "training samples: the dataset has no other split" : "test samples";
        screen.Line(accuracy is null ? path : $"{path}: accuracy {100 * accuracy:0.00} % on {test.Count} {samples}");
        screen.Answer(new { extractor = name, dataset = learned.Name, file = path, accuracy, samples = test.Count });
        return ExitCode.Done;
    }
}
