using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>Follows a run: a progress bar, a dashboard. Called on the training thread.</summary>
public interface ITrainingListener
{
    /// <summary>An iteration is done.</summary>
    void Iterated(Trainer trainer);

    /// <summary>Something was written into the run's history.</summary>
    void Happened(RunEvent happened);
}
