using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// Writes a run's checkpoints beside the training, one at a time, from copies: the training stands still for as long as a copy takes. Its
/// members are called on the training thread. What it does on the other thread, in this order (docs/adr/0011-checkpoints.md): the history to
/// the disk, the generator's weights, the checkpoint, then what is no longer kept is deleted. It allocates little there: a garbage collection that
/// another thread sets off may free what TorchSharp has just handed to libtorch.
/// </summary>
/// <param name="directory">The run.</param>
/// <param name="log">Its history.</param>
/// <param name="training">How it trains, and what it keeps.</param>
/// <param name="metrics">What its scores mean.</param>
internal sealed class CheckpointWriter(RunDirectory directory, EventLog log, TrainingSettings training, IReadOnlyList<MetricInfo> metrics)
{
    private Task<CheckpointOutcome>? task;

    /// <summary>Copies the state and starts to write it. The outcome of the one before must have been taken.</summary>
    /// <param name="trainer">The training, between two iterations.</param>
    /// <param name="origin">What the checkpoint says that it was made with.</param>
    /// <param name="rollBacks">The events of the roll-backs that are in force.</param>
    public void Start(Trainer trainer, CheckpointOrigin? origin, IReadOnlyList<JsonElement> rollBacks)
    {
        if (task is not null)
            throw new InvalidOperationException("the outcome of the checkpoint before has not been taken");
        var state = trainer.Capture();
        var copies = new TensorCopies(state.Tensors);
        var generator = trainer.WithAverages(() => new TensorCopies(GeneratorFile.Tensors(trainer.Model)));
        state = state with { Tensors = copies.Tensors };
        var kept = Kept(state.Iteration);
        var history = new CheckpointHistory(log.Length, rollBacks);
        task = Task.Run(() =>
        {
            using (copies)
            using (generator)
                return Write(state, generator, origin, history, kept);
        });
    }

    /// <summary>The outcome of a checkpoint that has come to its end; null where there is none, or it is still being written.</summary>
    public CheckpointOutcome? Finished() => task is { IsCompleted: true } ? Wait() : null;

    /// <summary>Waits for the checkpoint that is being written; null where there is none.</summary>
    public CheckpointOutcome? Wait()
    {
        var outcome = task?.GetAwaiter().GetResult();
        task = null;
        return outcome;
    }

    private CheckpointOutcome Write(
        TrainerState state, TensorCopies generator, CheckpointOrigin? origin, CheckpointHistory history, IReadOnlyList<long> kept)
    {
        string? path = null;
        try
        {
            log.FlushToDisk();
            GeneratorFile.Write(directory.GeneratorPath, generator.Tensors, state.Iteration);
            path = directory.Checkpoints.Write(state, origin, history);
            directory.Checkpoints.Keep(kept);
            return new CheckpointOutcome(state.Iteration, path, null);
        }
        // Whatever it is, it costs a checkpoint, and the run only if it was the last.
        catch (Exception problem)
        {
            return new CheckpointOutcome(state.Iteration, path, problem);
        }
    }

    private IReadOnlyList<long> Kept(long latest) => Retention.Keep(
        training.Retention,
        training.Batch,
        [.. directory.Checkpoints.Iterations.Union([latest])],
        training.Retention.Best is null ? [] : RunHistory.Fold(directory.Events()).Scores,
        metrics);
}
