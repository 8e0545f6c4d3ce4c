using System.Globalization;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// The checkpoints of a run: <c>0002000/state.safetensors</c> with the tensors, <c>state.json</c> with counters and what they were made with, and
/// <c>SHA256SUMS</c> over both, as sha256sum reads it. Written to a temporary folder, flushed and renamed, so that a checkpoint is whole or
/// not there, and no byte of it changes unnoticed. What cannot be read is never deleted: where it is in the way, it is renamed to
/// <c>0002000.unread</c>.
/// </summary>
public sealed class CheckpointStore(string folder)
{
    private const int Attempts = 10;
    private const string Replaced = $".old{AtomicFile.Unfinished}";

    // Those that this process has written or read: they need not be hashed again before they are deleted.
    private readonly HashSet<long> whole = [];

    /// <summary>Where they lie. The folder may not exist.</summary>
    public string Folder => folder;

    /// <summary>The iterations of the checkpoints that are there, oldest first. They may be damaged, or be no folders any more.</summary>
    public IReadOnlyList<long> Iterations => Directory.Exists(folder)
        ? [.. Directory.GetFileSystemEntries(folder).Select(path => Iteration(Path.GetFileName(path))).Where(iteration => iteration >= 0).Order()]
        : [];

    /// <summary>Writes a checkpoint. When this returns, it is on the disk.</summary>
    /// <param name="state">What to keep.</param>
    /// <param name="origin">What it was made with; null leaves a resume nothing to compare.</param>
    /// <param name="history">What it keeps of the history; null for nothing.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="IOException">It could not be written; what was there before is still there.</exception>
    public string Write(TrainerState state, CheckpointOrigin? origin = null, CheckpointHistory? history = null)
    {
        var final = PathOf(state.Iteration);
        DeleteUnfinished();
        var temporary = Directory.CreateDirectory(Temporary(state.Iteration, $".new{AtomicFile.Unfinished}")).FullName;
        CheckpointFiles.Write(temporary, state, origin, history);
        FolderEntries.Flush(temporary);
        // The same one, written again by a run that had nothing left to do, or one that cannot be read.
        if (Path.Exists(final))
            Remove(state.Iteration, moved => Directory.Move(final, moved), Replaced);
        Directory.Move(temporary, final);
        FolderEntries.Flush(folder);
        whole.Add(state.Iteration);
        DeleteUnfinished();
        return final;
    }

    /// <summary>Deletes all checkpoints but these. What cannot be read is set aside instead.</summary>
    /// <exception cref="IOException">One could not be deleted.</exception>
    public void Keep(IReadOnlyCollection<long> iterations)
    {
        foreach (var iteration in Iterations.Except(iterations))
        {
            Remove(iteration, moved =>
            {
                // Under another name first: a crash in the midst would leave a checkpoint that looks damaged.
                Directory.Move(PathOf(iteration), moved);
                Directory.Delete(moved, recursive: true);
            }, $".deleted{AtomicFile.Unfinished}");
        }
    }

    /// <summary>Finds the newest checkpoint that is whole. The caller disposes it.</summary>
    public FoundCheckpoint Find()
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = Find(out var changed);
            if (!changed || attempt == Attempts)
                return found;
            found.Dispose();
        }
    }

    private FoundCheckpoint Find(out bool changed)
    {
        changed = false;
        var unread = new List<UnreadCheckpoint>();
        foreach (var iteration in Iterations.Reverse())
        {
            try
            {
                var checkpoint = CheckpointFiles.Read(PathOf(iteration), iteration);
                whole.Add(iteration);
                return new FoundCheckpoint(checkpoint, unread, true);
            }
            // Deleted meanwhile by a process that trains the run, which has newer ones.
            catch (Exception error) when (CheckpointFiles.FaultOf(error) is not null && !Path.Exists(PathOf(iteration)))
            {
                changed = true;
            }
            catch (Exception error) when (CheckpointFiles.FaultOf(error) is not null)
            {
                unread.Add(new UnreadCheckpoint(iteration, PathOf(iteration), CheckpointFiles.FaultOf(error)!.Value, error.Message));
            }
        }
        return new FoundCheckpoint(null, unread, Directory.Exists(folder));
    }

    /// <summary>Reads the newest checkpoint that is whole. The caller disposes it.</summary>
    /// <param name="unread">Told of each newer one that cannot be read, with the reason.</param>
    /// <returns>Null where there is none.</returns>
    public Checkpoint? ReadLatest(Action<string> unread)
    {
        var found = Find();
        foreach (var problem in found.Problems)
            unread(problem);
        return found.Checkpoint;
    }

    private void Remove(long iteration, Action<string> remove, string ending)
    {
        if (whole.Contains(iteration) || CheckpointFiles.IsWhole(PathOf(iteration), iteration))
            remove(Temporary(iteration, ending));
        else
            SetAsidePath.Move(PathOf(iteration));
        whole.Remove(iteration);
    }

    private void DeleteUnfinished()
    {
        foreach (var leftover in Directory.Exists(folder) ? Directory.GetDirectories(folder, $".*{AtomicFile.Unfinished}") : [])
        {
            // Between the two renames of a replacement the old one is the only one that is whole.
            var isReplaced = leftover.EndsWith(Replaced, StringComparison.Ordinal);
            var replaced = isReplaced ? PathOf(Iteration(Path.GetFileName(leftover)[1..^Replaced.Length])) : null;
            if (replaced is not null && !Path.Exists(replaced))
                Directory.Move(leftover, replaced);
            else
                Directory.Delete(leftover, recursive: true);
        }
    }

    private string PathOf(long iteration) => Path.Combine(folder, Name(iteration));

    private string Temporary(long iteration, string ending) => Path.Combine(folder, $".{Name(iteration)}{ending}");

    private static string Name(long iteration) => iteration.ToString("D7", CultureInfo.InvariantCulture);

    private static long Iteration(string name) => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var iteration) ? iteration : -1;
}
