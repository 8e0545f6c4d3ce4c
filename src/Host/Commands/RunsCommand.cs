using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;

namespace PluginGan.Host.Commands;

/// <summary><c>runs list</c> and <c>runs show</c>.</summary>
internal static class RunsCommand
{
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Argument<string> Run = CommonOptions.Run();

    public static Command Create()
    {
        var list = new Command("list", "Lists the runs.") { Runs, Json };
        list.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, _) =>
            List(services.GetRequiredService<Screen>(), services.GetRequiredService<TimeProvider>(), parsed.GetValue(Runs)!)));
        var show = new Command("show", "Shows one run: status, scalars, scores and files.") { Run, Runs, Json };
        show.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, _) =>
            Show(
                services.GetRequiredService<Screen>(),
                services.GetRequiredService<TimeProvider>(),
                RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!))));
        return new Command("runs", "Looks at runs.") { list, show };
    }

    private static int List(Screen screen, TimeProvider time, string root)
    {
        var all = RunDirectory.List(root).Concat(RunDirectory.Incomplete(root)).OrderBy(run => run.Path, StringComparer.Ordinal);
        RunAnswer[] runs = [.. ReadableRuns.Of(all, screen, time).Select(run => RunAnswer.Of(run.Directory, run.Summary))];
        if (runs.Length == 0)
            screen.Line($"there are no runs in '{root}'");
        else
            RunTables.List(screen, runs);
        screen.Answer(runs);
        return ExitCode.Done;
    }

    private static int Show(Screen screen, TimeProvider time, RunDirectory directory)
    {
        var summary = directory.Summary(time);
        var answer = RunAnswer.Of(directory, summary);
        RunTables.Show(screen, answer, summary);
        if (directory.UnreadEvents() is { } unread)
            screen.Warning(unread);
        screen.Answer(answer);
        return ExitCode.Done;
    }
}
