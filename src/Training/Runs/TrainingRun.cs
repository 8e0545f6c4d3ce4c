using System.Text.Json;
using PluginGan.Core;
using TorchSharp;

namespace PluginGan.Training;

/// <summary>A training with its run directory: what it writes there, and how a run ends, fails, goes back and resumes.</summary>
public sealed class TrainingRun : ITrainingObserver, IDisposable
{
    private readonly Trainer trainer;
    private readonly TrainerSetup setup;
    private readonly EvaluationRun? evaluation;
    private readonly RunDirectory directory;
    private readonly ITrainingListener listener;
    private readonly TimeProvider time;
    private readonly RunClaim claim;
    private readonly EventLog log;
    private readonly WriteFailures failures;
    private readonly CheckpointWriter checkpoints;
    private readonly SampleSheet sheet;
    private readonly TensorBoardLog board;
    private readonly HealthWatch watch;
    private readonly CancellationTokenSource enough = new();
    private CancellationToken interrupt;
    private string? ended;
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
        directory.RequirePlaces();
        failures = new WriteFailures(time);
        claim = new RunClaim(directory, time);
        try
        {
            log = new EventLog(directory.EventsPath);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
        checkpoints = new CheckpointWriter(directory, log, setup.Training, evaluation?.Metrics ?? []);
        Trainer? prepared = null;
        try
        {
            directory.DeleteUnfinished();
            // There from the start: where it is missing later, somebody has taken the checkpoints away.
            Directory.CreateDirectory(directory.Checkpoints.Folder);
            trainer = prepared = Trainer.Prepare(setup);
            sheet = new SampleSheet(dataset, setup.Model, setup.Seed);
            board = new TensorBoardLog(directory.TensorBoardPath, time);
        }
        catch (Exception error)
        {
            Emit(RunEventKind.Failed, text: error.Message, iteration: 0);
            prepared?.Dispose();
            log.Dispose();
            claim.Dispose();
            throw;
        }
    }

    /// <summary>What the run's checkpoints say that they were made with; null leaves a resume nothing to compare.</summary>
    public CheckpointOrigin? Origin { get; init; }

    /// <summary>Iterations done.</summary>
    public long Iteration => trainer.Iteration;

    /// <summary>Goes on from the newest checkpoint that is whole.</summary>
    /// <inheritdoc cref="Resume(FoundCheckpoint, IEnumerable{string}, bool)"/>
    public void Resume()
    {
        using var found = directory.Checkpoints.Find();
        Resume(found, []);
    }

    /// <summary>
    /// Goes on from a checkpoint; newer ones that cannot be read are renamed. A run that never came to a checkpoint starts from the
    /// beginning, with a warning.
    /// </summary>
    /// <param name="found">What the run has to resume from. It stays the caller's.</param>
    /// <param name="notes">More to record of the resume.</param>
    /// <param name="force">Whether a run without a checkpoint that can be read begins anew, with what it has renamed.</param>
    /// <exception cref="ComponentException">The checkpoint is not one of this recipe and these plugins.</exception>
    /// <exception cref="IOException">The run has checkpoints and none can be read; nothing has been changed.</exception>
    public void Resume(FoundCheckpoint found, IEnumerable<string> notes, bool force = false)
    {
        var refusal = directory.RefusalToBeginAnew(found);
        if (refusal is not null && !force)
            throw new IOException(refusal);
        // They were looked for before this process had claimed the run.
        var seen = found.Unread.Select(unread => unread.Iteration).Append(found.Checkpoint?.State.Iteration ?? -1).Max();
        if (directory.Checkpoints.Iterations.LastOrDefault(-1) > seen)
            throw new IOException($"another process has trained the run '{directory.Name}' meanwhile; resume it again");
        if (found.Checkpoint is { } checkpoint)
            trainer.Restore(checkpoint.State);
        var renamed = SetAside(found, refusal is not null);
        List<string> warnings = [.. found.Problems, .. renamed, .. MendHistory(found.Checkpoint?.History), .. notes];
        Emit(RunEventKind.Resumed);
        Recall();
        foreach (var warning in warnings)
            Emit(RunEventKind.Warning, text: warning);
        if (found.Checkpoint is null)
            Emit(RunEventKind.Warning, text: "there is no checkpoint to resume from: the run begins anew");
        else
            MendGenerator();
    }

    private IEnumerable<string> SetAside(FoundCheckpoint found, bool all)
    {
        var renamed = all ? directory.SetAside() : found.SetAside();
        Directory.CreateDirectory(directory.Checkpoints.Folder);
        return renamed.Count == 0 ? [] : [$"kept under another name: {string.Join(", ", renamed)}"];
    }

    // A checkpoint is written after the history that led to it: a shorter one has lost events since.
    private List<string> MendHistory(CheckpointHistory? kept)
    {
        List<string> faults = directory.UnreadEvents() is { } unread ? [unread] : [];
        if (kept is not null && log.Length < kept.Length)
            faults.Add($"events.jsonl has lost {kept.Length - log.Length} of the {kept.Length} bytes that it had at the checkpoint of "
                + $"iteration {trainer.Iteration}: curves, scores and warnings are missing in it, and what follows from them");
        if (kept is null || faults.Count == 0)
            return faults;
        var known = RunHistory.Fold(directory.Events()).RollBacks.Select(entry => entry.Diagnosis.Rule).ToHashSet();
        var missing = RunEvents.ParseLines(kept.RollBacks.Select(entry => entry.GetRawText()))
            .Where(rollBack => rollBack.Diagnosis is { } diagnosis && !known.Contains(diagnosis.Rule)).ToList();
        foreach (var rollBack in missing)
            log.Append(Event(rollBack.Kind, text: rollBack.Text, iteration: rollBack.Iteration, diagnosis: rollBack.Diagnosis));
        if (missing.Count > 0)
            faults.Add("the learning rates that roll-backs have changed were taken from the checkpoint");
        return faults;
    }

    // It follows from the checkpoint, so that a missing or damaged one costs nothing.
    private void MendGenerator() => OrWarn("generator.safetensors", () =>
    {
        if (!GeneratorFile.IsWhole(directory.GeneratorPath))
            WriteGenerator(directory.GeneratorPath);
    });

    private void WriteGenerator(string path) => trainer.WithAverages(() =>
    {
        GeneratorFile.Write(path, GeneratorFile.Tensors(setup.Model), trainer.Iteration);
        return true;
    });

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
            BeginBoard(trainer.Iteration);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupt, enough.Token);
            // What an interruption went before is made up, so that patience counts what it would have counted.
            if (trainer.EvaluationWasDue && RunHistory.Fold(directory.Events()).Scores.All(entry => entry.Iteration != trainer.Iteration))
                ((ITrainingObserver)this).Evaluate();
            EndEarly();
            // Resumed with no more patience than it had: there is nothing left to do.
            var reason = ended is null ? trainer.Run(this, either.Token) : StopReason.Completed;
            if (reason == StopReason.Interrupted && !interrupt.IsCancellationRequested)
            {
                // The plan draws samples at its own end only.
                ((ITrainingObserver)this).Snapshot();
                reason = StopReason.Completed;
            }
            setup.Trace.Begin("writing the last checkpoint", trainer.Iteration);
            Note(checkpoints.Wait());
            RequireFolder(claim.LooksLost());
            if (unwritten is not null)
                throw new IOException($"the run ends without its last checkpoint: {unwritten.Message}", unwritten);
            if (reason == StopReason.Completed)
                Emit(RunEventKind.Finished, text: trainer.Iteration < trainer.Iterations ? $"ended early: {ended}" : "");
            else
                Emit(RunEventKind.Interrupted);
            return reason;
        }
        catch (Exception error)
        {
            // However the run ends, a checkpoint that has been begun is finished.
            var last = checkpoints.Wait();
            // Whatever failed, without the folder this is why.
            RequireFolder(claim.LooksLost(), error);
            Note(last);
            Emit(RunEventKind.Failed, text: error.Message);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        checkpoints.Wait();
        sheet.Dispose();
        trainer.Dispose();
        log.Dispose();
        board.Dispose();
        claim.Dispose();
        enough.Dispose();
    }

    void ITrainingObserver.Iterated()
    {
        RequireFolder(claim.IsLost);
        Note(checkpoints.Finished());
        listener.Iterated(trainer);
    }

    // Before anything is written: a folder that is made anew holds no run, what is appended to deleted files is lost without an error, and
    // another process's run is its own.
    private void RequireFolder(bool lost, Exception? cause = null)
    {
        if (lost)
            throw new LostRunException($"{claim.Loss}: this process keeps nothing more of the run and ends it at iteration {trainer.Iteration}", cause);
    }

    // What was drawn beyond this iteration is drawn again.
    private void BeginBoard(long iteration) => OrWarn("the TensorBoard file", () => board.Begin(iteration), iteration);

    Checkpoint? ITrainingObserver.Log(IReadOnlyDictionary<string, double> scalars)
    {
        RequireFolder(claim.LooksLost());
        Emit(RunEventKind.Scalars, scalars);
        OrWarn("the TensorBoard file", () => board.Scalars(scalars, trainer.Iteration));
        return Follow(watch.After(trainer.Iteration, scalars));
    }

    void ITrainingObserver.Evaluate()
    {
        RequireFolder(claim.LooksLost());
        setup.Trace.Begin("the evaluation", trainer.Iteration);
        try
        {
            Keep(trainer.WithAverages(() => evaluation!.Measure(setup.Model, Provenance(), interrupt)) with { Iteration = trainer.Iteration, Time = time.GetUtcNow() });
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            Emit(RunEventKind.Warning, text: "the evaluation was cut short by the interruption");
        }
        // Whatever is wrong with a measure, the training goes on: it could never be resumed past this point otherwise.
        catch (Exception problem)
        {
            RequireFolder(claim.LooksLost(), problem);
            Emit(RunEventKind.Warning, text: $"not evaluated: {problem.Message}");
        }
    }

    private void Keep(EvaluationResult result)
    {
        foreach (var skipped in result.Skipped)
            Emit(RunEventKind.Warning, text: $"not evaluated: {skipped}");
        WarnOnce(result.Warnings);
        if (result.Scores.Count == 0)
            return;
        var values = result.Scores.DistinctBy(score => score.Metric).ToDictionary(score => score.Metric, score => score.Value);
        Emit(RunEventKind.Scores, values);
        OrWarn("the TensorBoard file", () => board.Scalars(values.ToDictionary(value => $"scores/{value.Key}", value => value.Value), trainer.Iteration));
        OrWarn("the evaluation", () =>
        {
            var shown = directory.WriteEvaluation(result, SampleFile.MixedExtension(setup.Data.Spec.Sample));
            if (setup.Data.Spec.Sample is ImageSpec or VideoSpec)
                foreach (var (name, path) in shown)
                    board.Image($"evaluations/{name}", path, trainer.Iteration);
        });
        KeepBest();
        EndEarly();
    }

    // An evaluation has its warnings in its file; the history has each once.
    private void WarnOnce(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return;
        var known = RunHistory.Fold(directory.Events()).Warnings.Select(warning => warning.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var warning in warnings.Where(warning => !known.Contains(warning)))
            Emit(RunEventKind.Warning, text: warning);
    }

    // At the very iteration that was evaluated: a checkpoint may be some way off.
    private void KeepBest()
    {
        if (setup.Training.Retention.Best is not null && EarlyStop.Best(setup.Training, RunHistory.Fold(directory.Events()).Scores, evaluation!.Metrics) == trainer.Iteration)
            OrWarn("best.safetensors", () => WriteGenerator(directory.BestPath));
    }

    // The plan ends such a run as it ends an interrupted one: after the next iteration, with a checkpoint.
    private void EndEarly()
    {
        if (evaluation is null || setup.Training.Patience is null)
            return;
        ended = EarlyStop.Reason(setup.Training, RunHistory.Fold(directory.Events()).Scores, evaluation.Metrics);
        if (ended is not null)
            enough.Cancel();
    }

    void ITrainingObserver.Snapshot() => OrWarn("the sample sheet", () =>
    {
        var path = directory.SamplesPath(trainer.Iteration, SampleFile.Extension(setup.Data.Spec.Sample));
        File.WriteAllBytes(path, trainer.WithAverages(() => sheet.Encode(setup.Model, setup.Device, Provenance())));
        if (sheet.EncodeReal() is { } real)
            File.WriteAllBytes(directory.RealSamplesPath(Path.GetExtension(path)), real);
        if (setup.Data.Spec.Sample is ImageSpec or VideoSpec)
            board.Image("samples", path, trainer.Iteration);
        Emit(RunEventKind.Snapshot, text: Path.GetRelativePath(directory.Path, path));
    });

    // Of the weights that the model holds at this moment.
    private ImageProvenance Provenance() => new() { Run = directory.Name, ModelSha256 = GeneratorFile.Sha256(GeneratorFile.Tensors(setup.Model), trainer.Iteration) };

    Checkpoint? ITrainingObserver.WriteCheckpoint()
    {
        RequireFolder(claim.LooksLost());
        if (trainer.FirstBrokenWeight() is { } broken)
            return Follow([watch.OfBrokenWeight(broken)]);
        setup.Trace.Begin("writing the checkpoint", trainer.Iteration);
        Note(checkpoints.Wait());
        checkpoints.Start(trainer, Origin, [.. watch.RollBacks.Select(RollBackEvent)]);
        return null;
    }

    // A checkpoint enters the history once it is whole on the disk, by when the training may be some iterations further.
    private void Note(CheckpointOutcome? outcome)
    {
        if (outcome is null)
            return;
        unwritten = outcome.Path is null ? outcome.Problem : null;
        if (outcome.Problem is not null)
            RequireFolder(claim.LooksLost(), outcome.Problem);
        if (outcome.Path is not null)
            Emit(RunEventKind.Checkpoint, text: Path.GetRelativePath(directory.Path, outcome.Path), iteration: outcome.Iteration);
        const string Newest = "the checkpoint", Older = "the folder of the checkpoints";
        if (outcome.Path is not null)
            Warn(failures.Wrote(Newest));
        if (outcome.Problem is not { } problem)
            Warn(failures.Wrote(Older));
        else if (outcome.Path is null)
            Warn(failures.Failed(Newest, $"the checkpoint of iteration {outcome.Iteration} could not be written: {problem.Message}"));
        else
            Warn(failures.Failed(Older, $"checkpoints before iteration {outcome.Iteration} could not be deleted: {problem.Message}"));
    }

    /// <summary>Records diagnoses and does what the recipe wants to follow from them; the gravest come first.</summary>
    /// <returns>The checkpoint to go back to, or null where the run goes on.</returns>
    private Checkpoint? Follow(IReadOnlyList<Diagnosis> diagnoses)
    {
        foreach (var diagnosis in diagnoses)
            Emit(RunEventKind.Diagnosis, text: diagnosis.Describe(), diagnosis: diagnosis);
        if (diagnoses.FirstOrDefault(diagnosis => diagnosis.Policy == HealthPolicy.Stop) is { } fatal)
            throw new HealthException(fatal, trainer.Iteration);
        var curable = diagnoses.Where(diagnosis => diagnosis.Policy == HealthPolicy.RollBack).ToList();
        if (curable.Find(diagnosis => watch.HasRolledBack(diagnosis.Rule)) is { } again)
            throw new HealthException(again, trainer.Iteration, "the run was rolled back for it before");
        // One at a time: the history of a run is then never caught between two.
        return curable.Count > 0 ? RollBack(curable[0]) : null;
    }

    private Checkpoint RollBack(Diagnosis diagnosis)
    {
        var checkpoint = LastCheckpoint() ?? throw new HealthException(diagnosis, trainer.Iteration, "there is no checkpoint to go back to");
        var iteration = checkpoint.State.Iteration;
        // Not by Emit: a run whose next resume would know nothing of its changed rates must not go on.
        var text = $"went back from iteration {trainer.Iteration} to the checkpoint of iteration {iteration} and {Change(diagnosis)}";
        var happened = Event(RunEventKind.RolledBack, text: text, iteration: iteration, diagnosis: diagnosis);
        log.Append(happened);
        // What a resume trains by must outlast a power cut.
        log.FlushToDisk();
        listener.Happened(happened);
        BeginBoard(iteration);
        Recall();
        return checkpoint;
    }

    private JsonElement RollBackEvent(DiagnosisEntry entry) => JsonElement.Parse(RunEvents.ToJsonLine(
        Event(RunEventKind.RolledBack, iteration: entry.Iteration, text: Change(entry.Diagnosis), diagnosis: entry.Diagnosis)));

    private static string Change(Diagnosis diagnosis) => "changed learning rates: "
        + string.Join(", ", diagnosis.RateFactors.Select(factor => FormattableString.Invariant($"{factor.Key} × {factor.Value}")));

    // The newest that can be read; newer ones are renamed.
    private Checkpoint? LastCheckpoint()
    {
        Note(checkpoints.Wait());
        var found = directory.Checkpoints.Find();
        foreach (var problem in found.Problems)
            Emit(RunEventKind.Warning, text: problem);
        if (found.Checkpoint is not null)
            found.SetAside();
        return found.Checkpoint;
    }

    /// <summary>What the history that still counts says of health and of learning rates: after a resume the same as after the roll-back itself.</summary>
    private void Recall()
    {
        watch.Recall(RunHistory.Fold(directory.Events()));
        trainer.ScaleRates(watch.RateFactors);
    }

    // A full disk costs what could not be written, not the run.
    private void OrWarn(string what, Action write, long? iteration = null)
    {
        RequireFolder(claim.LooksLost());
        setup.Trace.Begin($"writing {what}", iteration ?? trainer.Iteration);
        string? warning;
        try
        {
            write();
            warning = failures.Wrote(what);
        }
        catch (Exception error) when (AtomicFile.IsRefusal(error) || error is UnauthorizedAccessException)
        {
            warning = failures.Failed(what, $"{what} at iteration {iteration ?? trainer.Iteration} could not be written: {error.Message}");
        }
        Warn(warning, iteration);
    }

    private void Warn(string? warning, long? iteration = null)
    {
        if (warning is not null)
            Emit(RunEventKind.Warning, text: warning, iteration: iteration);
    }

    private RunEvent Event(RunEventKind kind, IReadOnlyDictionary<string, double>? values = null, string text = "", long? iteration = null, Diagnosis? diagnosis = null) =>
        new(kind, time.GetUtcNow(), iteration ?? trainer.Iteration, values ?? new Dictionary<string, double>(), text, diagnosis);

    private void Emit(RunEventKind kind, IReadOnlyDictionary<string, double>? values = null, string text = "", long? iteration = null, Diagnosis? diagnosis = null)
    {
        const string History = "events.jsonl";
        var happened = Event(kind, values, text, iteration, diagnosis);
        string? trouble = null, again = null;
        try
        {
            log.Append(happened);
            again = failures.Wrote(History);
        }
        catch (IOException error)
        {
            trouble = failures.Failed(History, $"{History} could not be written: {error.Message}");
        }
        listener.Happened(happened);
        // That the history cannot be written cannot be kept in it.
        if (trouble is not null)
            listener.Happened(Event(RunEventKind.Warning, text: trouble, iteration: iteration));
        Warn(again);
    }
}
