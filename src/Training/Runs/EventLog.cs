using System.Text;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>Appends events to <c>events.jsonl</c>. Holds a lock beside it, so that two processes cannot write one run.</summary>
internal sealed class EventLog : IDisposable
{
    private readonly FileStream claim;
    private readonly FileStream stream;

    /// <exception cref="IOException">Another process writes this run, or the file cannot be written.</exception>
    public EventLog(string path)
    {
        try
        {
            // A file of its own: readers of the history must not be locked out. A lock ends with its process, however that ends.
            claim = new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write '{path}' ({error.Message}); is another process training this run?", error);
        }
        CutTornLine();
    }

    public void Append(RunEvent happened)
    {
        stream.Write(Encoding.UTF8.GetBytes(RunEvents.ToJsonLine(happened) + "\n"));
        // What a resume trains by must outlast a power cut; other events need not.
        stream.Flush(flushToDisk: happened.Kind is RunEventKind.RolledBack);
    }

    public void Dispose()
    {
        stream.Dispose();
        claim.Dispose();
    }

    // A crash may have left half a line at the end.
    private void CutTornLine()
    {
        var end = stream.Length;
        while (end > 0)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == '\n')
                break;
            end--;
        }
        stream.SetLength(end);
        stream.Position = end;
    }
}
