namespace PluginGan.Core

open System
open System.Collections.Concurrent
open System.Collections.Generic
open PluginGan

/// <summary>
/// A run as a state machine: which updates belong to which iteration, what is due after them, and whether the run then stops. Equal iterations
/// give the same object.
/// </summary>
/// <param name="training">How the run trains.</param>
/// <param name="phases">The phases of the run, in order; at most 64.</param>
/// <param name="evaluates">Whether there are evaluators.</param>
/// <param name="baseline">Whether they also run early, after the first hundredth of the run.</param>
/// <exception cref="T:System.ArgumentException">A phase repeats or recurs less than once, or there are too many of them.</exception>
type Plan(training: TrainingSettings, phases: IReadOnlyList<Phase>, evaluates: bool, baseline: bool) =

    let phases = Array.ofSeq phases

    do
        for phase in phases do
            if phase.Repeat < 1 || phase.Interval < 1 then
                invalidArg (nameof phases) $"phase '{phase.Name}' must have a Repeat and an Interval of at least 1"

        if phases.Length > 64 then
            invalidArg (nameof phases) $"an objective may have at most 64 phases, but has {phases.Length}"

    /// All iterations that have come up so far, by which phases run (a bit each), what is due and whether the run stops.
    let known = ConcurrentDictionary<struct (uint64 * Due * StopReason), IterationPlan>()

    let over =
        {
            Updates = [||]
            Due = Due.Nothing
            Stop = StopReason.Completed
        }

    let baselineAt = max 1L (training.Iterations / 100L)

    let progress (iteration: int64) =
        min 1.0 (float iteration / float training.Iterations)

    let runs iteration (phase: Phase) =
        iteration % int64 phase.Interval = 0L
        && (match phase.Active with
            | null -> true
            | window -> window.Contains(progress iteration))

    let running iteration =
        let mutable bits = 0UL

        for index in 0 .. phases.Length - 1 do
            if runs iteration phases[index] then
                bits <- bits ||| (1UL <<< index)

        bits

    let due iteration interrupted =
        let finished = iteration + 1L

        let whenMultiple every due =
            if every > 0 && finished % int64 every = 0L then
                due
            else
                Due.Nothing

        let evaluation =
            if not evaluates then
                Due.Nothing
            elif finished = training.Iterations || (baseline && finished = baselineAt) then
                Due.Evaluation
            else
                whenMultiple training.EvaluateEvery Due.Evaluation

        if finished = training.Iterations then
            Due.Log ||| evaluation ||| Due.Snapshot ||| Due.Checkpoint
        elif interrupted then
            // No log out of turn: it would cut an average in two, and the health of the run would see other numbers than without the
            // interruption. What has not been read is in the checkpoint.
            whenMultiple training.LogEvery Due.Log ||| Due.Checkpoint
        else
            evaluation
            ||| whenMultiple training.LogEvery Due.Log
            ||| whenMultiple training.SnapshotEvery Due.Snapshot
            ||| whenMultiple training.CheckpointEvery Due.Checkpoint

    let stop iteration interrupted =
        if iteration + 1L = training.Iterations then
            StopReason.Completed
        elif interrupted then
            StopReason.Interrupted
        else
            StopReason.None

    let planned (running: uint64) due stop =
        {
            Updates =
                phases
                |> Array.mapi (fun index phase -> phase, running &&& (1UL <<< index) <> 0UL)
                |> PlannedUpdates.ofPhases training.Accumulate
            Due = due
            Stop = stop
        }

    /// <summary>An iteration: its updates, what is due once they are done, and whether the run stops then.</summary>
    /// <param name="iteration">The iteration, from 0. Beyond the last there is nothing to do.</param>
    /// <param name="interrupted">
    /// Whether the user has asked to stop: the iteration is finished and checkpointed. In the last iteration it changes nothing,
    /// since nothing would be left to resume.
    /// </param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The iteration is negative.</exception>
    member _.Next(iteration: int64, interrupted: bool) : IterationPlan =
        ArgumentOutOfRangeException.ThrowIfNegative iteration

        if iteration >= training.Iterations then
            over
        else
            let running, due, stop =
                running iteration, due iteration interrupted, stop iteration interrupted

            match known.TryGetValue(struct (running, due, stop)) with
            | true, next -> next
            | _ -> known.GetOrAdd(struct (running, due, stop), planned running due stop)

    /// <summary>The share of the run that is done when an iteration begins, 0 to 1: what schedules and windows are judged by.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    member _.Progress(iteration: int64) : float = progress iteration
