namespace PluginGan.Training;

/// <summary>Files that are either whole or not there: written beside their place, flushed to disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a temporary one.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            WriteThrough(temporary, write);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a file and flushes it to the disk.</summary>
    public static void WriteThrough(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        write(stream);
        stream.Flush(flushToDisk: true);
    }
}
