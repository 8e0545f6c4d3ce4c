using System.Runtime.InteropServices;
using System.Text;

namespace PluginGan;

/// <summary>Files that options name. A pipe, a socket or a device would keep its reader waiting: regular files alone are opened.</summary>
public static class DataFile
{
    private const int FromWorkingFolder = -100;
    private const uint WantsType = 1;
    private const int ModeOffset = 28;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="ComponentException">There is no such file, it is no regular one, or it cannot be read.</exception>
    public static FileStream Open(string path)
    {
        if (OtherKind(path) is { } kind)
            throw new ComponentException($"'{path}' cannot be read: it is {kind}; name a file");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = error switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "this user is not permitted to read it",
                _ => error.Message,
            };
            throw new ComponentException($"'{path}' cannot be read: {reason}", error);
        }
    }

    /// <summary>What a path leads to instead of a regular file: "a folder"; null for regular files, and where it is not known.</summary>
    public static string? OtherKind(string path)
    {
        if (Directory.Exists(path))
            return "a folder";
        if (!OperatingSystem.IsLinux())
            return null;
        var status = new byte[256];
        try
        {
            // The kernel's structure is the same on every architecture; .NET tells no kinds of files.
            if (Statx(FromWorkingFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, WantsType, status) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        return (BitConverter.ToUInt16(status, ModeOffset) & 0xF000) switch
        {
            0x1000 => "a pipe (FIFO)",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] status);
}
