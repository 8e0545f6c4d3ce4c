namespace PluginGan.Training;

/// <summary>What came of writing a checkpoint.</summary>
/// <param name="Iteration">The iterations done that it was to keep.</param>
/// <param name="Path">Its folder; null where it could not be written.</param>
/// <param name="Problem">Why it was not written or, where it was, why older ones could not be deleted; null where all went well.</param>
internal sealed record CheckpointOutcome(long Iteration, string? Path, Exception? Problem);
