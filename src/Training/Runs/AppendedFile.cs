using Microsoft.Win32.SafeHandles;

namespace PluginGan.Training;

/// <summary>A file that grows by pieces, each of which is written whole or not at all: a full disk leaves no half of one.</summary>
/// <param name="file">The file; it becomes this one's.</param>
/// <param name="end">Where the last whole piece ends.</param>
internal sealed class AppendedFile(SafeFileHandle file, long end) : IDisposable
{
    /// <summary>Where the last whole piece ends.</summary>
    public long End { get; private set; } = end;

    /// <summary>Appends a piece.</summary>
    /// <exception cref="IOException">It could not be written whole, and is not there.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        try
        {
            RandomAccess.Write(file, piece, End);
            End += piece.Length;
        }
        catch (Exception error) when (AtomicFile.IsRefusal(error))
        {
            TakeOff();
            throw AtomicFile.Refused(error);
        }
    }

    /// <summary>Takes off what stands behind the last whole piece.</summary>
    public void TakeOff()
    {
        try
        {
            RandomAccess.SetLength(file, End);
        }
        catch (Exception error) when (AtomicFile.IsRefusal(error))
        {
            // The next piece is written over it.
        }
    }

    /// <summary>Flushes to the disk what has been appended so far. May be called from any thread.</summary>
    public void FlushToDisk() => RandomAccess.FlushToDisk(file);

    public void Dispose() => file.Dispose();
}
