namespace PluginGan.Training;

/// <summary>Files that are either whole or not there: written beside their place, flushed to disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>The ending of files that are being written, and of those that a crash has left unfinished.</summary>
    internal const string Unfinished = ".tmp";

    /// <summary>Writes a file through a temporary one.</summary>
    /// <exception cref="IOException">The disk is full, or refuses it for another reason; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}{Unfinished}";
        try
        {
            WriteThrough(temporary, write);
            File.Move(temporary, path, overwrite: true);
            FolderEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (ArgumentOutOfRangeException error) when (IsRefusal(error))
        {
            throw Refused(error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a file and flushes it to the disk.</summary>
    /// <returns>The SHA-256 of what was meant to be written, in hexadecimal: it is taken from memory, not from the disk.</returns>
    public static string WriteThrough(string path, Action<Stream> write)
    {
        // Unbuffered: what is written comes in large pieces, and a large buffer for each file would set off garbage collections.
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        using var hashing = new HashingStream(stream);
        write(hashing);
        stream.Flush(flushToDisk: true);
        return hashing.Sha256();
    }

    /// <summary>
    /// Whether a file system has refused to write. Of a file that would become larger than it or a limit of the process allows (EFBIG),
    /// .NET says that an argument is out of range.
    /// </summary>
    internal static bool IsRefusal(Exception error) =>
        error is IOException or ArgumentOutOfRangeException { ParamName: "value", ActualValue: null };

    /// <summary>The refusal in the form of every other.</summary>
    internal static IOException Refused(Exception error) =>
        error as IOException
        ?? new IOException("the file would become larger than the file system, or a limit of the process, allows", error);
}
