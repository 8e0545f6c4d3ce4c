namespace PluginGan.Core

open System
open PluginGan

/// What follows the updates of an iteration.
[<Flags>]
type internal Due =
    | Nothing = 0
    | Log = 1
    | Evaluation = 2
    | Snapshot = 4
    | Checkpoint = 8
    | Completed = 16
    | Interrupted = 32

/// The actions of an iteration, once it is known which phases run and what is due.
module internal PlanActions =

    let private action kind =
        {
            Kind = kind
            Phase = null
            Repeat = 0
            SharesDraw = false
            DrawIsShared = false
            Reason = StopReason.None
        }

    let stop reason =
        { action PlanActionKind.Stop with
            Reason = reason
        }

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

        [
            for index, (phase, runs) in Array.indexed phases do
                if runs then
                    for repeat in 0 .. phase.Repeat - 1 do
                        { action PlanActionKind.Train with
                            Phase = phase
                            Repeat = repeat
                            SharesDraw = sharesWithBefore index
                            DrawIsShared = sharesWithBefore (index + 1)
                        }
        ]

    /// What is due, in the order in which it is done.
    let following (due: Due) =
        [
            Due.Log, action PlanActionKind.Log
            Due.Evaluation, action PlanActionKind.Evaluate
            Due.Snapshot, action PlanActionKind.Snapshot
            Due.Checkpoint, action PlanActionKind.Checkpoint
            Due.Completed, stop StopReason.Completed
            Due.Interrupted, stop StopReason.Interrupted
        ]
        |> List.filter (fun (one, _) -> due.HasFlag one)
        |> List.map snd
