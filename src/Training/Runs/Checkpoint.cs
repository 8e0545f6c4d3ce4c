namespace PluginGan.Training;

/// <summary>A checkpoint as it was read. Owns its tensors.</summary>
/// <param name="State">Where the training stood.</param>
/// <param name="Origin">What it was made with; null where the writer did not say.</param>
/// <param name="History">What it keeps of the history; null where the writer did not say.</param>
public sealed record Checkpoint(TrainerState State, CheckpointOrigin? Origin, CheckpointHistory? History = null) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in State.Tensors.Values)
            tensor.Dispose();
    }
}
