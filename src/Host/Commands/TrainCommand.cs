using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Reports;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;
using TorchSharp;

namespace PluginGan.Host.Commands;

/// <summary><c>train</c>: a new run from a recipe, a resumed run, or a dry run.</summary>
internal sealed class TrainCommand
{
    private static readonly Argument<string?> RecipeFile = new("RECIPE") { Description = "The recipe: a JSON file.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Set = new("--set") { Description = "Replaces a value of the recipe: --set training.batch=128, in a list --set regularizers[0].weight=5. Repeatable. With --resume, the run's recipe is changed.", HelpName = "PATH=VALUE" };
    private static readonly Option<string?> Name = new("--name") { Description = "The name of the run, instead of the recipe's." };
    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Continues a run from its last checkpoint; without RUN, the latest that is not finished.",
        HelpName = "RUN",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Force = FlagOption.Of(
        "--force",
        "With --resume: accepts that recipe, plugins or data have changed, where the checkpoint fits at all. "
        + "Begins anew where none of the run's checkpoints can be read, and keeps them under another name.");

    private static readonly Option<bool> DryRun = FlagOption.Of("--dry-run", "Checks the composition, shows recipe, shapes, parameters and memory, and runs one iteration. Writes nothing.");
    private static readonly Option<bool> RefuseWaiting = FlagOption.Of("--refuse-waiting", "Fails where an iteration makes the host wait for a GPU: a check for developers.");
    private static readonly Option<ulong?> Seed = CommonOptions.Seed("The seed of the run, instead of the recipe's.");
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<string> Device = CommonOptions.Device();
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option[] NewRunsAlone = [Name, Seed, DryRun];

    private readonly ParseResult parsed;
    private readonly Screen screen;
    private readonly TimeProvider time;
    private readonly PluginCatalogue catalogue;
    private readonly ComponentFactory factory;
    private readonly DataHashing hashing;
    private readonly CallTrace trace;
    private readonly CancellationToken stopping;

    private TrainCommand(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        (this.parsed, this.stopping) = (parsed, stopping);
        screen = services.GetRequiredService<Screen>();
        time = services.GetRequiredService<TimeProvider>();
        catalogue = services.GetRequiredService<PluginCatalogue>();
        factory = services.GetRequiredService<ComponentFactory>();
        var hashes = Path.Combine(services.GetRequiredService<DataFolder>().Path, "hashes");
        hashing = new DataHashing(hashes, services.GetRequiredService<IProgress<ComponentProgress>>());
        trace = services.GetRequiredService<CallTrace>();
    }

    public static Command Create()
    {
        var command = new Command("train", "Trains a model as a recipe says.") { RecipeFile, Set, Name, Resume, Force, DryRun, RefuseWaiting, Seed, Runs, Device, Threads, Json };
        command.Validators.Add(result =>
        {
            // By what is given, not by its value: a value that is wrong has none.
            var resumes = result.GetResult(Resume) is not null;
            if (result.GetResult(RecipeFile) is { Tokens.Count: > 0 } == resumes)
                result.AddError("train takes either a RECIPE or --resume RUN");
            else if (resumes && NewRunsAlone.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } misplaced)
                result.AddError($"--resume continues a run: {misplaced.Name} belongs to new runs");
            else if (!resumes && result.GetResult(Force) is { Implicit: false })
                result.AddError("--force belongs to --resume");
        });
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => new TrainCommand(parsed, services, stopping).Execute()));
        return command;
    }

    private int Execute()
    {
        if (parsed.GetResult(Resume) is not null)
        {
            var (root, named) = (parsed.GetValue(Runs)!, parsed.GetValue(Resume));
            return Continue(named is null ? UnfinishedRun.Latest(root, screen, time) : RunDirectory.Open(root, named));
        }
        var recipe = RecipeReading.Compose(parsed.GetValue(RecipeFile)!, [.. Overrides()], catalogue);
        var machine = Use(parsed.GetValue(Device)!, parsed.GetValue(Threads));
        using var assembly = RunAssembly.Build(recipe, factory, catalogue.Components, machine.Device, stopping);
        recipe = assembly.Recipe;
        SayExtractor(assembly);
        MemoryEstimate.Of(assembly.Setup).RequireFit(recipe.Training, DeviceMemory.Available(machine.Device));
        assembly.Evaluation?.Prepare();
        if (parsed.GetValue(DryRun))
            return new DryRun(assembly, screen, time).Execute(stopping);
        var data = hashing.Of(assembly.Dataset, stopping);
        var manifest = machine.Manifest(assembly.Dataset.Spec, catalogue.Loaded, time) with { Fingerprint = data.Fingerprint };
        var directory = RunDirectory.Create(parsed.GetValue(Runs)!, recipe.Name, Recipes.ToJson(recipe), manifest);
        return Train(assembly, directory, manifest, _ => Record(data, directory), isNew: true);
    }

    private int Continue(RunDirectory directory)
    {
        directory.RequirePlaces();
        var created = directory.Manifest();
        var recipe = RecipeReading.Change(directory.RecipePath, parsed.GetValue(Set) ?? [], catalogue);
        var device = parsed.GetResult(Device) is { Implicit: false } ? parsed.GetValue(Device)! : created.Device;
        var threads = parsed.GetValue(Threads) ?? created.Threads;
        var machine = Use(device, threads);
        var notes = new List<string>();
        using var found = directory.Checkpoints.Find();
        var checkpoint = found.Checkpoint;
        if (directory.RefusalToBeginAnew(found) is { } refusal && !parsed.GetValue(Force))
            throw new IOException(refusal);
        // A run that begins anew has drawn nothing that counts.
        if (checkpoint is not null)
            notes.AddRange(ResumeCheck.Draws(checkpoint.Origin?.Draws ?? created.Draws, parsed.GetValue(Force)));
        var check = checkpoint is null ? null : new ResumeCheck(checkpoint, directory.RecipePath, parsed.GetValue(Force));
        notes.AddRange(check?.Recipe(recipe, catalogue) ?? []);
        if (checkpoint?.State.Iteration == recipe.Training.Iterations)
            screen.Line($"all {recipe.Training.Iterations} iterations are done already; --set training.iterations=N makes the run longer");
        using var assembly = Rebuild(recipe, machine);
        SayExtractor(assembly);
        MemoryEstimate.Of(assembly.Setup).RequireFit(recipe.Training, DeviceMemory.Available(machine.Device));
        var data = hashing.Of(assembly.Dataset, stopping);
        notes.AddRange(check?.Data(data, directory) ?? []);
        var manifest = machine.Manifest(assembly.Dataset.Spec, catalogue.Loaded, time) with { Fingerprint = data.Fingerprint };
        if (checkpoint is not null)
            notes.AddRange(ResumeCheck.Machine(checkpoint.Origin, created, manifest));
        // It may train for minutes: whatever refuses the resume comes first.
        assembly.Evaluation?.Prepare();
        return Train(assembly, directory, manifest, run =>
        {
            run.Resume(found, notes, parsed.GetValue(Force));
            if (checkpoint is null)
                directory.WriteManifest(manifest with { Created = created.Created, Command = created.Command });
            Record(data, directory);
            if (parsed.GetValue(Set)?.Length > 0)
                directory.WriteRecipe(Recipes.ToJson(assembly.Recipe));
        });
    }

    // The data of a run that is resumed may have been moved since.
    private RunAssembly Rebuild(Recipe recipe, Machine machine)
    {
        try
        {
            return RunAssembly.Build(recipe, factory, catalogue.Components, machine.Device, stopping);
        }
        catch (ComponentException problem) when (DataPaths.Missing(recipe, catalogue.Components, Path.Exists) is { Count: > 0 } missing)
        {
            var remedy = string.Join(" ", missing.Select(path => $"--set {path}=NEW"));
            throw new ComponentException($"{problem.Message}; if the data was moved, say where it is now: {remedy}", problem);
        }
    }

    // A full disk costs what could not be written: the fingerprint alone tells that data has changed, though not in which files.
    private void Record(DataContent data, RunDirectory directory)
    {
        try
        {
            directory.WriteDataFiles(data);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            screen.Warning($"the list of the data's files could not be written: {error.Message}");
        }
    }

    private void SayExtractor(RunAssembly assembly)
    {
        if (assembly.Extractor is { } extractor)
            screen.Line($"{extractor}");
    }

    private Machine Use(string device, int? threads)
    {
        var machine = Machine.Use(device, threads);
        return parsed.GetValue(RefuseWaiting) && machine.Device.type != DeviceType.CUDA
            ? throw new UsageException("--refuse-waiting is for runs on a GPU: on the CPU there is nothing to wait for")
            : machine;
    }

    private int Train(RunAssembly assembly, RunDirectory directory, RunManifest manifest, Action<TrainingRun> prepare, bool isNew = false)
    {
        var recipe = assembly.Recipe;
        var data = $"{recipe.Dataset.Name} ({assembly.Dataset.Spec.Sample}, {assembly.Dataset.Count} {(assembly.Dataset.Count == 1 ? "sample" : "samples")})";
        screen.Text.MarkupLineInterpolated($"[bold]{directory.Name}[/]  {data}  {recipe.Architecture.Name}  {(recipe.Loss ?? recipe.Objective)?.Name}");
        screen.Line($"{assembly.Setup.Device}  {TrainingText.Settings(recipe.Training)}");
        var started = time.GetTimestamp();
        try
        {
            var reason = Reported(directory, () => screen.Live
                ? TrainingBar.Show(screen, time, "starting", listener => Run(assembly, directory, manifest, prepare, isNew, listener))
                : Run(assembly, directory, manifest, prepare, isNew, new TrainingLines(screen, time)));
            Report(directory, reason, time.GetElapsedTime(started));
            return reason == StopReason.Completed ? ExitCode.Done : ExitCode.Interrupted;
        }
        catch (HealthException unhealthy)
        {
            screen.Error(unhealthy.Message);
            SayHowToContinue(directory, unhealthy.Diagnosis);
            screen.Answer(RunAnswer.Of(directory, directory.Summary(time)));
            return ExitCode.Unhealthy;
        }
    }

    // However a run ends, its report is written; a report that cannot be is no reason for a run to fail.
    private StopReason Reported(RunDirectory directory, Func<StopReason> train)
    {
        var isOurs = true;
        try
        {
            return train();
        }
        catch (LostRunException)
        {
            isOurs = false;
            throw;
        }
        finally
        {
            // A run that could not be started has left nothing to report.
            try
            {
                if (isOurs && Directory.Exists(directory.Path))
                    ReportFile.Write(directory, ReportFile.DefaultPath(directory), time);
            }
            catch (Exception error)
            {
                screen.Warning($"the report could not be written: {error.Message} Once the reason is gone: plugingan report {Path.GetRelativePath(Environment.CurrentDirectory, directory.Path)}");
            }
        }
    }

    private void SayHowToContinue(RunDirectory directory, Diagnosis diagnosis)
    {
        var folder = Path.GetRelativePath(Environment.CurrentDirectory, directory.Path);
        var kept = directory.Checkpoints.Iterations;
        screen.Errors.Profile.Out.Writer.WriteLine(kept.Count > 0
            ? $"The checkpoint of iteration {kept[^1]} is kept. With the remedy applied, the run goes on from there by: plugingan train --resume {folder} --set training.health.{diagnosis.RuleKey()}=rollBack"
            : "There is no checkpoint yet to go on from: start anew with other settings.");
    }

    private StopReason Run(
        RunAssembly assembly, RunDirectory directory, RunManifest manifest, Action<TrainingRun> prepare, bool isNew,
        ITrainingListener listener)
    {
        var setup = assembly.Setup with { RefusesWaiting = parsed.GetValue(RefuseWaiting), Trace = trace };
        TrainingRun? run = null;
        try
        {
            run = new TrainingRun(setup, assembly.Dataset, assembly.Evaluation, directory, listener, time)
            {
                Origin = CheckpointOrigin.Of(Recipes.ToJson(assembly.Recipe), manifest),
            };
            prepare(run);
            return run.Run(stopping);
        }
        // What never trained leaves no folder: the reason is mended in the recipe or on the machine, and the run started anew.
        catch when (isNew && (run is null || run.Iteration == 0))
        {
            run?.Dispose();
            run = null;
            directory.Discard();
            throw;
        }
        finally
        {
            run?.Dispose();
        }
    }

    private void Report(RunDirectory directory, StopReason reason, TimeSpan taken)
    {
        var summary = directory.Summary(time);
        var folder = Path.GetRelativePath(Environment.CurrentDirectory, directory.Path);
        if (reason == StopReason.Interrupted)
            screen.Text.MarkupLineInterpolated($"interrupted after iteration {summary.Iteration}; continue with [bold]plugingan train --resume {folder}[/]");
        else
            RunTables.Scores(screen, summary);
        if (reason == StopReason.Completed && directory.Events().LastOrDefault(happened => happened.Kind == RunEventKind.Finished) is { Text: { Length: > 0 } early })
            screen.Line($"{early}; to train longer, raise training.patience and resume");
        screen.Line($"{(reason == StopReason.Completed ? "done" : "stopped")} in {taken:h\\:mm\\:ss}: {folder}");
        if (directory.LatestSheet() is { } sheet)
            screen.Line($"sample sheet: {Path.GetRelativePath(Environment.CurrentDirectory, sheet)}");
        if (File.Exists(ReportFile.DefaultPath(directory)))
            screen.Line($"report: {Path.GetRelativePath(Environment.CurrentDirectory, ReportFile.DefaultPath(directory))}");
        screen.Answer(RunAnswer.Of(directory, summary));
    }

    private IEnumerable<string> Overrides()
    {
        foreach (var setting in parsed.GetValue(Set) ?? [])
            yield return setting;
        if (parsed.GetValue(Name) is { } name)
            yield return $"name={name}";
        if (parsed.GetValue(Seed) is { } seed)
            yield return $"seed={seed}";
    }
}
