using PluginGan.Core;
using TorchSharp;

namespace PluginGan.Training;

/// <summary>A training with its run directory: what the plan's actions write, and how a run ends, fails and resumes.</summary>
public sealed class TrainingRun : ITrainingObserver, IDisposable
{
    private readonly Trainer trainer = null!;
    private readonly TrainerSetup setup;
    private readonly EvaluationRun? evaluation;
    private readonly RunDirectory directory;
    private readonly ITrainingListener listener;
    private readonly TimeProvider time;
    private readonly EventLog log;
    private readonly SampleSheet sheet;
    private readonly TensorBoardLog board;
    private readonly HealthWatch watch;
    private CancellationToken interrupt;
    private Exception? unwritten;

    /// <param name="setup">The parts; they stay the caller's.</param>
    /// <param name="dataset">The training data, for the real rows of sheets.</param>
    /// <param name="evaluation">What to measure, or null.</param>
    /// <param name="directory">Where everything is written.</param>
    /// <param name="listener">Who follows.</param>
    /// <param name="time">The clock of the events.</param>
    /// <exception cref="IOException">Another process trains this run, or the folder cannot be written.</exception>
    public TrainingRun(TrainerSetup setup, Dataset dataset, EvaluationRun? evaluation, RunDirectory directory, ITrainingListener listener, TimeProvider time)
    {
        (this.setup, this.evaluation, this.directory, this.listener, this.time) = (setup, evaluation, directory, listener, time);
        watch = new HealthWatch(setup.Training.Health);
        log = new EventLog(directory.EventsPath);
        try
        {
            trainer = new Trainer(setup);
            sheet = new SampleSheet(dataset, setup.Model, setup.Seed);
            board = new TensorBoardLog(directory.TensorBoardPath);
        }
        catch (Exception error)
        {
            Emit(RunEventKind.Failed, text: error.Message);
            log.Dispose();
            throw;
        }
    }

    /// <summary>Loads the newest checkpoint that is whole. Without one the run starts from the beginning, and says so.</summary>
    /// <exception cref="ComponentException">The checkpoint is not one of this recipe and these plugins.</exception>
    public void Resume()
    {
        var found = RestoreLatest();
        Emit(RunEventKind.Resumed);
        Recall();
        if (!found)
            Emit(RunEventKind.Warning, text: "there is no checkpoint to resume from: the run begins anew");
    }

    /// <summary>Trains to the end of the plan or until interrupted.</summary>
    /// <exception cref="HealthException">A rule of health ends the run; the last checkpoint stays as it was.</exception>
    /// <exception cref="IOException">The checkpoint at the end could not be written.</exception>
    /// <exception cref="TrainingException">A component failed.</exception>
    public StopReason Run(CancellationToken interrupt)
    {
        this.interrupt = interrupt;
        if (trainer.Iteration == 0)
            Emit(RunEventKind.Started);
        try
        {
            var reason = trainer.Run(this, interrupt);
            if (unwritten is not null)
                throw new IOException($"the run ends without its last checkpoint: {unwritten.Message}", unwritten);
            Emit(reason == StopReason.Completed ? RunEventKind.Finished : RunEventKind.Interrupted);
            return reason;
        }
        catch (Exception error)
        {
            Emit(RunEventKind.Failed, text: error.Message);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sheet.Dispose();
        trainer.Dispose();
        log.Dispose();
    }

    void ITrainingObserver.Iterated() => listener.Iterated(trainer);

    void ITrainingObserver.Log(IReadOnlyDictionary<string, double> scalars)
    {
        Emit(RunEventKind.Scalars, scalars);
        OrWarn("the TensorBoard file", () => board.Scalars(scalars, trainer.Iteration));
        Follow(watch.After(trainer.Iteration, scalars));
    }

    void ITrainingObserver.Evaluate()
    {
        try
        {
            var values = trainer.WithAverages(() => evaluation!.Measure(setup.Model, interrupt)).ToDictionary(value => value.Name, value => value.Value);
            Emit(RunEventKind.Scores, values);
            OrWarn("the TensorBoard file", () => board.Scalars(values.ToDictionary(value => $"scores/{value.Key}", value => value.Value), trainer.Iteration));
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            Emit(RunEventKind.Warning, text: "the evaluation was cut short by the interruption");
        }
        // Whatever is wrong with a measure, the training goes on: it could never be resumed past this point otherwise.
        catch (Exception problem)
        {
            Emit(RunEventKind.Warning, text: $"not evaluated: {problem.Message}");
        }
    }

    void ITrainingObserver.Snapshot() => OrWarn("the sample sheet", () =>
    {
        var path = directory.SamplesPath(trainer.Iteration, SampleFile.Extension(setup.Data.Spec.Sample));
        File.WriteAllBytes(path, trainer.WithAverages(() => sheet.Encode(setup.Model, setup.Device)));
        if (setup.Data.Spec.Sample is ImageSpec or VideoSpec)
            board.Image("samples", path, trainer.Iteration);
        Emit(RunEventKind.Snapshot, text: Path.GetRelativePath(directory.Path, path));
    });

    void ITrainingObserver.Checkpoint()
    {
        if (trainer.FirstBrokenWeight() is { } broken)
        {
            Follow([watch.OfBrokenWeight(broken)]);
            return;
        }
        unwritten = OrWarn("the checkpoint", () =>
        {
            // The generator first: after a crash between the two, the resumed run writes it again.
            trainer.WithAverages(() =>
            {
                GeneratorFile.Write(directory.GeneratorPath, setup.Model, trainer.Iteration);
                return true;
            });
            var path = directory.Checkpoints.Write(trainer.Capture(), setup.Training.KeepCheckpoints);
            Emit(RunEventKind.Checkpoint, text: Path.GetRelativePath(directory.Path, path));
        });
    }

    /// <summary>Records diagnoses and does what the recipe wants to follow from them; the gravest come first.</summary>
    private void Follow(IReadOnlyList<Diagnosis> diagnoses)
    {
        foreach (var diagnosis in diagnoses)
            Emit(RunEventKind.Diagnosis, text: diagnosis.Describe(), diagnosis: diagnosis);
        if (diagnoses.FirstOrDefault(diagnosis => diagnosis.Policy == HealthPolicy.Stop) is { } fatal)
            throw new HealthException(fatal, trainer.Iteration);
        var curable = diagnoses.Where(diagnosis => diagnosis.Policy == HealthPolicy.RollBack).ToList();
        if (curable.Find(diagnosis => watch.HasRolledBack(diagnosis.Rule)) is { } again)
            throw new HealthException(again, trainer.Iteration, "the run was rolled back for it before");
        // One at a time: the history of a run is then never caught between two.
        if (curable.Count > 0)
            RollBack(curable[0]);
    }

    private void RollBack(Diagnosis diagnosis)
    {
        var reached = trainer.Iteration;
        if (!RestoreLatest())
            throw new HealthException(diagnosis, reached, "there is no checkpoint to go back to");
        var change = string.Join(", ", diagnosis.RateFactors.Select(factor => FormattableString.Invariant($"{factor.Key} × {factor.Value}")));
        // Not by Emit: a run whose next resume would know nothing of its changed rates must not go on.
        var happened = Event(RunEventKind.RolledBack, text: $"went back from iteration {reached} to the checkpoint of iteration {trainer.Iteration} and changed learning rates: {change}", diagnosis: diagnosis);
        log.Append(happened);
        listener.Happened(happened);
        Recall();
    }

    private bool RestoreLatest()
    {
        if (directory.Checkpoints.ReadLatest(problem => Emit(RunEventKind.Warning, text: problem)) is not { } state)
            return false;
        trainer.Restore(state);
        foreach (var tensor in state.Tensors.Values)
            tensor.Dispose();
        return true;
    }

    /// <summary>What the history that still counts says of health and of learning rates: after a resume the same as after the roll-back itself.</summary>
    private void Recall()
    {
        watch.Recall(RunHistory.Fold(directory.Events()));
        trainer.ScaleRates(watch.RateFactors);
    }

    // A full disk costs what could not be written, not the run.
    private Exception? OrWarn(string what, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Emit(RunEventKind.Warning, text: $"{what} at iteration {trainer.Iteration} could not be written: {error.Message}");
            return error;
        }
    }

    // The trainer is null while the constructor is still at work.
    private RunEvent Event(RunEventKind kind, IReadOnlyDictionary<string, double>? values = null, string text = "", Diagnosis? diagnosis = null) =>
        new(kind, time.GetUtcNow(), trainer?.Iteration ?? 0, values ?? new Dictionary<string, double>(), text, diagnosis);

    private void Emit(RunEventKind kind, IReadOnlyDictionary<string, double>? values = null, string text = "", Diagnosis? diagnosis = null)
    {
        var happened = Event(kind, values, text, diagnosis);
        try
        {
            log.Append(happened);
        }
        catch (IOException error)
        {
            happened = Event(RunEventKind.Warning, happened.Values, $"events.jsonl could not be written: {error.Message}");
        }
        listener.Happened(happened);
    }
}
