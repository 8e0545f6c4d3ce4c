namespace PluginGan.Core

open System
open System.Collections.Concurrent
open System.Collections.Generic
open PluginGan

module internal PlanActions =

    let action kind =
        { Kind = kind
          Phase = null
          Repeat = 0
          SharesDraw = false
          DrawIsShared = false
          Reason = StopReason.None }

    let stop reason =
        { action PlanActionKind.Stop with Reason = reason }

    /// <summary>The updates of an iteration.</summary>
    /// <param name="accumulate">Micro-batches in an update.</param>
    /// <param name="phases">All phases in order, each with whether it runs.</param>
    let updates accumulate (phases: (Phase * bool) array) =
        let runsOnce (phase: Phase, runs) =
            runs && phase.Repeat = 1 && accumulate = 1
        let sharesWithBefore index =
            index > 0
            && index < phases.Length
            && (fst phases[index]).SharesDraw
            && runsOnce phases[index - 1]
            && runsOnce phases[index]
        [ for index, (phase, runs) in Array.indexed phases do
              if runs then
                  for repeat in 0 .. phase.Repeat - 1 do
                      { action PlanActionKind.Train with
                          Phase = phase
                          Repeat = repeat
                          SharesDraw = sharesWithBefore index
                          DrawIsShared = sharesWithBefore (index + 1) } ]

/// <summary>A run as a state machine: which actions belong to which iteration. Equal iterations give the same list object.</summary>
/// <param name="training">How the run trains.</param>
/// <param name="phases">The phases of its objective, in order; at most 50.</param>
/// <param name="evaluates">Whether there are evaluators.</param>
/// <param name="baseline">Whether they also run early, after the first hundredth of the run.</param>
/// <exception cref="T:System.ArgumentException">A phase repeats or recurs less than once, or there are too many of them.</exception>
type Plan(training: TrainingSettings, phases: IReadOnlyList<Phase>, evaluates: bool, baseline: bool) =

    let phases = Array.ofSeq phases

    do
        for phase in phases do
            if phase.Repeat < 1 || phase.Interval < 1 then
                invalidArg (nameof phases) $"phase '{phase.Name}' must have a Repeat and an Interval of at least 1"
        if phases.Length > 50 then
            invalidArg (nameof phases) $"an objective may have at most 50 phases, but has {phases.Length}"

    /// What distinguishes iterations, one bit each: first what is due after the updates, then which phases run.
    let isLogDue, isEvaluationDue, isSnapshotDue, isCheckpointDue, isCompleted, isInterrupted = 1UL, 2UL, 4UL, 8UL, 16UL, 32UL
    let firstPhase = 6

    let known = ConcurrentDictionary<uint64, IReadOnlyList<PlanAction>>()

    let completed: IReadOnlyList<PlanAction> = [ PlanActions.stop StopReason.Completed ]

    let baselineAt = if baseline then max 1L (training.Iterations / 100L) else 0L

    let progress (iteration: int64) =
        min 1.0 (float iteration / float training.Iterations)

    let runs (phase: Phase) iteration =
        iteration % int64 phase.Interval = 0L
        && (match phase.Active with
            | null -> true
            | window -> window.Contains(progress iteration))

    let updates iteration =
        let mutable bits = 0UL
        for index in 0 .. phases.Length - 1 do
            if runs phases[index] iteration then
                bits <- bits ||| (1UL <<< (firstPhase + index))
        bits

    let after iteration interrupted =
        let finished = iteration + 1L
        let isMultiple every = every > 0 && finished % int64 every = 0L
        let bit condition bit = if condition then bit else 0UL
        if finished = training.Iterations then
            isLogDue ||| bit evaluates isEvaluationDue ||| isSnapshotDue ||| isCheckpointDue ||| isCompleted
        elif interrupted then
            isLogDue ||| isCheckpointDue ||| isInterrupted
        else
            bit (isMultiple training.LogEvery) isLogDue
            ||| bit (evaluates && (isMultiple training.EvaluateEvery || finished = baselineAt)) isEvaluationDue
            ||| bit (isMultiple training.SnapshotEvery) isSnapshotDue
            ||| bit (isMultiple training.CheckpointEvery) isCheckpointDue

    let actions bits : IReadOnlyList<PlanAction> =
        let has bit = bits &&& bit <> 0UL
        let phases = phases |> Array.mapi (fun index phase -> phase, has (1UL <<< (firstPhase + index)))
        let rest =
            [ isLogDue, PlanActions.action PlanActionKind.Log
              isEvaluationDue, PlanActions.action PlanActionKind.Evaluate
              isSnapshotDue, PlanActions.action PlanActionKind.Snapshot
              isCheckpointDue, PlanActions.action PlanActionKind.Checkpoint
              isCompleted, PlanActions.stop StopReason.Completed
              isInterrupted, PlanActions.stop StopReason.Interrupted ]
        Array.ofList (PlanActions.updates training.Accumulate phases @ [ for bit, action in rest do if has bit then action ])

    /// <summary>The actions of an iteration, in order: the updates, then what is due once it is done, then the end.</summary>
    /// <param name="iteration">The iteration, from 0. Beyond the last there is nothing but the end.</param>
    /// <param name="interrupted">Whether the user has asked to stop: the iteration is finished, logged and checkpointed. In the last iteration it changes nothing, since nothing would be left to resume.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The iteration is negative.</exception>
    member _.Next(iteration: int64, interrupted: bool) : IReadOnlyList<PlanAction> =
        ArgumentOutOfRangeException.ThrowIfNegative iteration
        if iteration >= training.Iterations then
            completed
        else
            let bits = updates iteration ||| after iteration interrupted
            match known.TryGetValue bits with
            | true, actions -> actions
            | _ -> known.GetOrAdd(bits, actions bits)

    /// <summary>The share of the run that is done when an iteration begins, 0 to 1: what schedules and windows are judged by.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    member _.Progress(iteration: int64) : float = progress iteration
