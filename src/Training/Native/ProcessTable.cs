using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PluginGan.Training;

/// <summary>The processes that can be seen from this one.</summary>
internal static class ProcessTable
{
    /// <summary>Which processes these are: a start of the system, or of a container on it. Empty where the others are hidden.</summary>
    public static string System()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.MachineName;
        try
        {
            // With hidepid, processes of other users are not there for this one.
            return File.Exists("/proc/1/stat") && new FileInfo("/proc/self/ns/pid").LinkTarget is { } space
                ? $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {space}"
                : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>
    /// When a process started, in the words of the system, which never change for it; null where there is none of that id,
    /// empty where it is hidden.
    /// </summary>
    public static string? Started(int id) => OperatingSystem.IsLinux() ? StartedOnLinux(id) : StartedElsewhere(id);

    /// <summary>
    /// The start time in a line of <c>/proc/ID/stat</c>, in clock ticks since the system's start; null where only the process's exit
    /// code is left.
    /// </summary>
    internal static string? StartTime(string stat)
    {
        // The second field is the program's name in parentheses, which may itself hold spaces and parentheses. Behind it come the state
        // and, as the 22nd field, the start.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is ["Z" or "X" or "x", ..] || fields.Length < 20 ? null : fields[19];
    }

    private static string? StartedOnLinux(int id)
    {
        try
        {
            return StartTime(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? StartedElsewhere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        // A process of another user hides its start.
        catch (Win32Exception)
        {
            return "";
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
