using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Host.Reports;
using PluginGan.Host.Terminal;
using PluginGan.Training;

namespace PluginGan.Host.Commands;

/// <summary><c>report</c>: a run as one page.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Run = CommonOptions.Run();
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<string?> Out = new("--out") { Description = "The file to write. Default: report.html in the run's folder.", HelpName = "FILE" };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("report", "Writes a run as one HTML page that needs no network: samples, scores, curves, health, recipe and provenance.") { Run, Runs, Out, Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, _) => Execute(parsed, services)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services)
    {
        var directory = RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        var path = OutputFile.Prepare(Out.Name, parsed.GetValue(Out) ?? ReportFile.DefaultPath(directory), ".html");
        var content = ReportFile.Write(directory, path, services.GetRequiredService<TimeProvider>());
        var screen = services.GetRequiredService<Screen>();
        foreach (var note in content.Notes)
            screen.Warning(note);
        screen.Line(path);
        screen.Answer(new
        {
            run = directory.Name,
            file = path,
            bytes = new FileInfo(path).Length,
            sheets = content.Sheets.Sheets.Count,
            evaluations = content.Evaluations.Count,
            curves = content.Curves.Sum(group => group.Curves.Count),
            notes = content.Notes,
        });
        return ExitCode.Done;
    }
}
