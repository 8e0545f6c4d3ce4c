using System.Text;
using Microsoft.Win32.SafeHandles;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// Appends events to <c>events.jsonl</c>. The process has claimed the run (<see cref="RunClaim"/>): nothing else writes there.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private readonly AppendedFile file;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public EventLog(string path)
    {
        try
        {
            var handle = File.OpenHandle(RegularFile.At(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            file = new AppendedFile(handle, EndOfLastLine(handle));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"cannot write '{path}' ({error.Message})", error);
        }
        file.TakeOff();
        FolderEntries.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>The bytes of the history, up to its last whole line.</summary>
    public long Length => file.End;

    /// <exception cref="IOException">The disk is full; the history ends with its last whole line.</exception>
    public void Append(RunEvent happened) => file.Append(Encoding.UTF8.GetBytes(RunEvents.ToJsonLine(happened) + "\n"));

    /// <summary>Flushes to the disk what has been appended so far. May be called from any thread.</summary>
    public void FlushToDisk() => file.FlushToDisk();

    public void Dispose() => file.Dispose();

    // A crash may have left half a line behind it.
    private static long EndOfLastLine(SafeFileHandle file)
    {
        var last = new byte[1];
        for (var position = RandomAccess.GetLength(file); position > 0; position--)
            if (RandomAccess.Read(file, last, position - 1) == 1 && last[0] == '\n')
                return position;
        return 0;
    }
}
