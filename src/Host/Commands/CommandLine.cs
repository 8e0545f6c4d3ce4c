using System.CommandLine;
using PluginGan.Host.Terminal;

namespace PluginGan.Host.Commands;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    public static RootCommand Root() => new("Trains generative adversarial networks from parts that ship as drop-in assemblies.")
    {
        TrainCommand.Create(),
        SampleCommand.Create(),
        EvaluateCommand.Create(),
        ExploreCommand.Create(),
        VerifyImageCommand.Create(),
        ReportCommand.Create(),
        ExportCommand.Create(),
        RunsCommand.Create(),
        PluginsCommand.Create(),
        FitCommand.Create(),
        DoctorCommand.Create(),
        CommonOptions.Plugins,
        CommonOptions.Verbose,
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        var misspelt = Misspelling.Problems(parsed).ToList();
        string[] problems = [.. misspelt.Count > 0 ? misspelt : parsed.Errors.Select(error => error.Message), .. TextArguments.Problems(parsed)];
        if (problems.Length > 0)
        {
            var errors = new GuardedWriter(Console.Error);
            foreach (var problem in problems.Distinct())
                await errors.WriteLineAsync($"error: {Screen.Shown(problem)}").ConfigureAwait(false);
            await errors.WriteLineAsync("See 'plugingan --help', or --help after a command.").ConfigureAwait(false);
            return ExitCode.BadUsage;
        }
        // Signals and exceptions are the session's: an interrupted training writes its checkpoint first.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = new GuardedWriter(Console.Out),
            Error = new GuardedWriter(Console.Error),
        };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }
}
