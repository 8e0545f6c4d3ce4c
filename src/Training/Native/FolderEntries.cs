using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>The entries of a folder on the disk: a file that is flushed may still be lost in a power cut while its name is not.</summary>
internal static partial class FolderEntries
{
    // errno.h: what a file system answers that cannot flush a folder, or has nothing to flush. .NET passes over the same for files.
    private const int InvalidArgument = 22;
    private const int ReadOnlyFileSystem = 30;
    private const int NotSupported = 95;

    /// <summary>Flushes the entries to the disk, so that names made, renamed or deleted in it before are so after a power cut.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Flush(string folder)
    {
        // NTFS writes its entries through a journal of its own, and offers no call.
        if (OperatingSystem.IsWindows())
            return;
        var file = Open(folder, 0);
        if (file < 0)
            throw Failure(folder);
        try
        {
            if (Synchronise(file) != 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or ReadOnlyFileSystem or NotSupported))
                throw Failure(folder);
        }
        finally
        {
            _ = Close(file);
        }
    }

    private static IOException Failure(string folder) =>
        new($"the folder '{folder}' could not be flushed to the disk: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
