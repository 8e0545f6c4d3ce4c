namespace PluginGan.Training;

/// <summary>
/// What happens between iterations, when the plan says so. Called on the training thread. What is not implemented does nothing. A method that returns a
/// checkpoint makes the training go back to it; null lets it go on. The training disposes the checkpoint.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>An iteration is done.</summary>
    void Iterated()
    {
    }

    /// <summary>Averages of the reported scalars since the last call, by <c>phase/name</c>.</summary>
    /// <returns>The checkpoint to go back to, or null.</returns>
    Checkpoint? Log(IReadOnlyDictionary<string, double> scalars) => null;

    /// <summary>Time to measure the model.</summary>
    void Evaluate()
    {
    }

    /// <summary>Time to make something for a person to look at.</summary>
    void Snapshot()
    {
    }

    /// <summary>Time to write everything that is needed to continue.</summary>
    /// <returns>The checkpoint to go back to instead, or null.</returns>
    Checkpoint? WriteCheckpoint() => null;
}
