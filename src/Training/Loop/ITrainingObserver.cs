namespace PluginGan.Training;

/// <summary>What happens between iterations, when the plan says so. Called on the training thread. What is not implemented does nothing.</summary>
public interface ITrainingObserver
{
    /// <summary>An iteration is done.</summary>
    void Iterated()
    {
    }

    /// <summary>Averages of the reported scalars since the last call, by <c>phase/name</c>.</summary>
    void Log(IReadOnlyDictionary<string, double> scalars)
    {
    }

    /// <summary>Time to measure the model.</summary>
    void Evaluate()
    {
    }

    /// <summary>Time to make something for a person to look at.</summary>
    void Snapshot()
    {
    }

    /// <summary>Time to write everything that is needed to continue.</summary>
    void Checkpoint()
    {
    }
}
