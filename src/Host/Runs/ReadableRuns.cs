using PluginGan.Core;
using PluginGan.Host.Terminal;
using PluginGan.Training;

namespace PluginGan.Host.Runs;

/// <summary>The runs of a folder whose history can be read: one that cannot costs a warning, not the others.</summary>
internal static class ReadableRuns
{
    /// <summary>Each run with what it has come to, in their order.</summary>
    public static IReadOnlyList<(RunDirectory Directory, RunSummary Summary)> Of(IEnumerable<RunDirectory> all, Screen screen, TimeProvider time)
    {
        var runs = new List<(RunDirectory, RunSummary)>();
        foreach (var directory in all)
        {
            try
            {
                runs.Add((directory, directory.Summary(time)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                screen.Warning($"the run '{directory.Name}' is left out: {error.Message}");
            }
        }
        return runs;
    }
}
