using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using static TorchSharp.torch;

namespace PluginGan.Host.Commands;

/// <summary><c>explore</c>: what a trained model has learnt, in pictures (docs/explore.md).</summary>
internal static class ExploreCommand
{
    private const int MostCount = 256;
    private const int MostSteps = 101;

    private static readonly string[] Names = ["traversal", "directions", "interpolation", "classes", "saliency", "neighbours"];

    private static readonly Argument<string> Run = CommonOptions.Run();
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<string?> Only = new("--only") { Description = $"What to look at, separated by commas: {string.Join(", ", Names)}. By default all.", HelpName = "A,B" };
    private static readonly Option<int> Count = NumberOption.WithDefault("--count", "How many latents each picture shows.", 1, MostCount, 6);
    private static readonly Option<int> Steps = NumberOption.WithDefault("--steps", "How many places of a path through the latent space are shown.", 2, MostSteps, 7);
    private static readonly Option<ulong?> Seed = CommonOptions.Seed("Which latents: equal seeds give equal pictures. Default 0.");
    private static readonly Option<string?> Out = new("--out") { Description = "The folder to write into. Default: explore/ in the run's folder.", HelpName = "DIR" };
    private static readonly Option<string> Device = CommonOptions.Device();
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Best = CommonOptions.Best();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("explore", "Shows what a trained model has learnt: its latent space, its discriminator, its neighbours in the training data.")
        {
            Run, Runs, Best, Only, Count, Steps, Seed, Out, Device, Threads, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => Execute(parsed, services, stopping)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var (names, count, steps) = (Chosen(parsed.GetValue(Only)), parsed.GetValue(Count), parsed.GetValue(Steps));
        var directory = RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        var target = Path.GetFullPath(parsed.GetValue(Out) ?? Path.Combine(directory.Path, "explore"));
        var device = Machine.Use(parsed.GetValue(Device)!, parsed.GetValue(Threads)).Device;
        var (screen, time) = (services.GetRequiredService<Screen>(), services.GetRequiredService<TimeProvider>());
        using var scope = NewDisposeScope();
        using var trained = TrainedModel.Open(directory, services.GetRequiredService<PluginCatalogue>(), services.GetRequiredService<ComponentFactory>(), device, parsed.GetValue(Best), stopping);
        if (parsed.GetValue(Out) is not null)
            OutputFile.PrepareFolder(Out.Name, target);
        using var subject = new ExplorationSubject(trained, services, device, parsed.GetValue(Seed) ?? 0, count, stopping);
        var model = subject.Model(steps);
        var written = new ExplorationRun(target).Explore(
            names.Select(name => (name, subject.Preparation(name))), model, trained.Iteration, time.GetLocalNow(), (name, pictures) => screen.Line($"{name}: {string.Join(", ", pictures.Select(picture => picture.File))}"));
        foreach (var (name, reason) in written.Skipped)
            screen.Line($"{name}: not possible: {reason}");
        var files = written.Pictures.Concat(written.Files).Select(entry => entry.File).ToList();
        screen.Line($"{files.Count} {(files.Count == 1 ? "file" : "files")} in {Path.GetRelativePath(Environment.CurrentDirectory, target)}; explore.json there says what each shows");
        screen.Answer(new { run = directory.Name, iteration = trained.Iteration, folder = target, seed = model.Seed, pictures = written.Pictures, files = written.Files, skipped = written.Skipped });
        return ExitCode.Done;
    }

    private static string[] Chosen(string? only)
    {
        if (only is null)
            return Names;
        var chosen = only.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (chosen.Length == 0)
            throw new UsageException($"--only names nothing; there are {string.Join(", ", Names)}");
        foreach (var name in chosen.Except(Names))
        {
            var near = Nearest.Suggest(name, Names) is { } meant ? $"did you mean '{meant}'? There" : "there";
            throw new UsageException($"--only: there is no exploration '{name}'; {near} are {string.Join(", ", Names)}");
        }
        return [.. Names.Intersect(chosen)];
    }
}
