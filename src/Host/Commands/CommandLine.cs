using System.CommandLine;

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
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync("See 'plugingan --help', or --help after a command.").ConfigureAwait(false);
            return ExitCode.BadUsage;
        }
        // Signals and exceptions are the session's: an interrupted training writes its checkpoint first.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }
}
