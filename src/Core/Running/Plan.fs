namespace PluginGan.Core

open System
open System.Collections.Concurrent
open System.Collections.Generic
open PluginGan

/// <summary>A run as a state machine: which actions belong to which iteration. Equal iterations give the same list object.</summary>
/// <param name="training">How the run trains.</param>
/// <param name="phases">The phases of its objective, in order; at most 64.</param>
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

    /// The lists of all iterations that have come up so far, by which phases run (a bit each) and what is due.
    let known = ConcurrentDictionary<struct (uint64 * Due), IReadOnlyList<PlanAction>>()

    let completed: IReadOnlyList<PlanAction> = [ PlanActions.stop StopReason.Completed ]

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
            Due.Log ||| evaluation ||| Due.Snapshot ||| Due.Checkpoint ||| Due.Completed
        elif interrupted then
            // No log out of turn: it would cut an average in two, and the health of the run would see other numbers than without the
            // interruption. What has not been read is in the checkpoint.
            whenMultiple training.LogEvery Due.Log ||| Due.Checkpoint ||| Due.Interrupted
        else
            evaluation
            ||| whenMultiple training.LogEvery Due.Log
            ||| whenMultiple training.SnapshotEvery Due.Snapshot
            ||| whenMultiple training.CheckpointEvery Due.Checkpoint

    let actions (running: uint64) due =
        let updates =
            phases
            |> Array.mapi (fun index phase -> phase, running &&& (1UL <<< index) <> 0UL)
            |> PlanActions.updates training.Accumulate

        Array.ofList (updates @ PlanActions.following due)

    /// <summary>The actions of an iteration, in order: the updates, then what is due once it is done, then the end.</summary>
    /// <param name="iteration">The iteration, from 0. Beyond the last there is nothing but the end.</param>
    /// <param name="interrupted">
    /// Whether the user has asked to stop: the iteration is finished and checkpointed. In the last iteration it changes nothing,
    /// since nothing would be left to resume.
    /// </param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The iteration is negative.</exception>
    member _.Next(iteration: int64, interrupted: bool) : IReadOnlyList<PlanAction> =
        ArgumentOutOfRangeException.ThrowIfNegative iteration

        if iteration >= training.Iterations then
            completed
        else
            let running, due = running iteration, due iteration interrupted

            match known.TryGetValue(struct (running, due)) with
            | true, list -> list
            | _ -> known.GetOrAdd(struct (running, due), actions running due)

    /// <summary>The share of the run that is done when an iteration begins, 0 to 1: what schedules and windows are judged by.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    member _.Progress(iteration: int64) : float = progress iteration
