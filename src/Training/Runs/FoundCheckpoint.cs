using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>What a run has to resume from.</summary>
/// <param name="Checkpoint">The newest checkpoint that can be read; null where there is none.</param>
/// <param name="Unread">The newer ones that cannot, newest first.</param>
/// <param name="HasFolder">Whether there was a folder of checkpoints: a process that trains makes it.</param>
public sealed record FoundCheckpoint(Checkpoint? Checkpoint, IReadOnlyList<UnreadCheckpoint> Unread, bool HasFolder) : IDisposable
{
    /// <summary>Says of each that cannot be read what is wrong, and what is used instead.</summary>
    public IEnumerable<string> Problems => Unread.Select((unread, place) =>
        $"{unread}{(Checkpoint is null && place == Unread.Count - 1 ? "" : "; using the one before it")}");

    /// <summary>Renames those that cannot be read, so that nothing takes them for checkpoints or overwrites them.</summary>
    /// <returns>Their new names.</returns>
    internal IReadOnlyList<string> SetAside() => [.. Unread.Select(unread => Path.GetFileName(SetAsidePath.Move(unread.Path)))];

    /// <inheritdoc/>
    public void Dispose() => Checkpoint?.Dispose();
}
