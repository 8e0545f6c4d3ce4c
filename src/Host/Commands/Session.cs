using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;

namespace PluginGan.Host.Commands;

/// <summary>One command within the generic host: services, signals, and what every failure means to the user.</summary>
internal static class Session
{
    private const int MostProblems = 50;

    /// <summary>Runs a command with its services. The token is cancelled by Ctrl-C, SIGTERM and SIGHUP.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, bool json, Func<IServiceProvider, CancellationToken, int> command)
    {
        var screen = new Screen(json, parsed.GetValue(CommonOptions.Verbose));
        if (parsed.GetValue(CommonOptions.Plugins)?.FirstOrDefault(root => !Directory.Exists(root)) is { } missing)
        {
            screen.Error($"--plugins: there is no folder '{missing}'");
            return ExitCode.BadUsage;
        }
        using var host = Build(screen, parsed.GetValue(CommonOptions.Plugins) ?? []);
        await host.StartAsync().ConfigureAwait(false);
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            var code = await Task.Run(() => command(host.Services, stopping), CancellationToken.None).ConfigureAwait(false);
            return code == ExitCode.Done && screen.AnswerIsLost ? ExitCode.Failed : code;
        }
        catch (Exception error)
        {
            if (screen.Verbose)
                screen.Errors.WriteLine(error.ToString());
            return Explain(error, screen, stopping);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static IHost Build(Screen screen, string[] plugins)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(screen.Verbose ? LogLevel.Debug : LogLevel.Information)
            .AddFilter("Microsoft", screen.Verbose ? LogLevel.Debug : LogLevel.Warning).AddProvider(new ScreenLogger(screen));
        builder.Services
            .AddSingleton<IHostLifetime, Signals>()
            .AddSingleton<CallTrace>()
            .AddSingleton(screen)
            .AddSingleton(DataFolder.FromEnvironment())
            .AddSingleton(TimeProvider.System)
            .AddSingleton<CatalogueCache>()
            .AddSingleton<IProgress<ComponentProgress>, PreparationProgress>()
            .AddSingleton<ComponentFactory>()
            .AddSingleton(services => new PluginCatalogue([Path.Combine(AppContext.BaseDirectory, "plugins"), .. plugins], services.GetRequiredService<CatalogueCache>()));
        return builder.Build();
    }

    private static int Explain(Exception error, Screen screen, CancellationToken stopping)
    {
        switch (error)
        {
            case OperationCanceledException when stopping.IsCancellationRequested:
                screen.Errors.WriteLine("interrupted");
                return ExitCode.Interrupted;
            case RecipeException recipe:
                foreach (var problem in recipe.Errors.Take(MostProblems))
                    screen.Error(problem.ToString());
                if (recipe.Errors.Count > MostProblems)
                    screen.Error($"and {recipe.Errors.Count - MostProblems} more");
                return ExitCode.BadUsage;
            case UsageException or ComponentException or DirectoryNotFoundException or PathTooLongException:
                screen.Error(error.Message);
                return ExitCode.BadUsage;
            case HealthException:
                screen.Error(error.Message);
                return ExitCode.Unhealthy;
            case OutOfMemoryException:
                screen.Error("out of memory: the program needed more than the machine or its container allows; "
                    + "take less data at once, such as a smaller 'subset' or shorter lines");
                return ExitCode.Failed;
            case var failure when MemoryGuard.RanOut(failure):
                screen.Error($"out of memory: lower training.batch, raise training.accumulate or make the networks smaller ({FirstLine(failure.GetBaseException().Message)})");
                return ExitCode.Failed;
            case TrainingException training:
                screen.Error($"{Fault.Describe(training.InnerException!)}{training.Message}");
                return ExitCode.Failed;
            case LibtorchException:
                screen.Error(error.Message);
                return ExitCode.Failed;
            case DllNotFoundException or TypeInitializationException or BadImageFormatException or NotSupportedException when error.ToString().Contains("libtorch", StringComparison.OrdinalIgnoreCase):
                screen.Error($"libtorch cannot be loaded: {error.GetBaseException().Message} Run `plugingan doctor` for the reason.");
                return ExitCode.Failed;
            case PluginException or IOException or UnauthorizedAccessException:
                screen.Error(error.Message);
                return ExitCode.Failed;
            default:
                screen.Error($"{Fault.Describe(error)}{error.GetType().Name}: {error.Message}{(screen.Verbose ? "" : " (--verbose shows where)")}");
                return ExitCode.Failed;
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
