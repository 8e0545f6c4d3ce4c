using System.Text;
using Microsoft.Win32.SafeHandles;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>Appends events to <c>events.jsonl</c>. Holds a lock beside it, so that two processes cannot write one run.</summary>
internal sealed class EventLog : IDisposable
{
    private readonly FileStream claim;
    private readonly SafeFileHandle file;
    private long end;

    /// <exception cref="IOException">Another process writes this run, or the file cannot be written.</exception>
    public EventLog(string path)
    {
        try
        {
            // A file of its own: readers of the history must not be locked out. A lock ends with its process, however that ends.
            claim = new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write '{path}' ({error.Message}); is another process training this run?", error);
        }
        end = EndOfLastLine();
        RandomAccess.SetLength(file, end);
        FolderEntries.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>The bytes of the history, up to its last whole line.</summary>
    public long Length => end;

    /// <exception cref="IOException">The disk is full; the history ends with its last whole line.</exception>
    public void Append(RunEvent happened)
    {
        var line = Encoding.UTF8.GetBytes(RunEvents.ToJsonLine(happened) + "\n");
        try
        {
            RandomAccess.Write(file, line, end);
            end += line.Length;
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, end);
            throw;
        }
    }

    /// <summary>Flushes to the disk what has been appended so far. May be called from any thread.</summary>
    public void FlushToDisk() => RandomAccess.FlushToDisk(file);

    public void Dispose()
    {
        file.Dispose();
        claim.Dispose();
    }

    // A crash may have left half a line behind it.
    private long EndOfLastLine()
    {
        var last = new byte[1];
        for (var position = RandomAccess.GetLength(file); position > 0; position--)
            if (RandomAccess.Read(file, last, position - 1) == 1 && last[0] == '\n')
                return position;
        return 0;
    }
}
