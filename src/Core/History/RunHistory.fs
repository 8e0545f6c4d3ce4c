namespace PluginGan.Core

open System
open System.Collections.Generic

/// Folds the events of a run into what lists, the dashboard and resume need to know.
[<AbstractClass; Sealed>]
type RunHistory =

    /// The events that still count: a resume or a roll-back takes back whatever lies beyond the checkpoint that it went on from.
    static member private Counting(events: RunEvent seq) =
        let next (counting: RunEvent list) (event: RunEvent) =
            match event.Kind with
            | RunEventKind.Resumed
            | RunEventKind.RolledBack ->
                event
                :: List.filter (fun earlier -> earlier.Iteration <= event.Iteration) counting
            | _ -> event :: counting

        events |> Seq.fold next [] |> List.rev

    static member private StatusAfter(status: RunStatus, event: RunEvent) =
        match event.Kind with
        | RunEventKind.Started
        | RunEventKind.Resumed
        | RunEventKind.RolledBack -> RunStatus.Running
        | RunEventKind.Interrupted -> RunStatus.Interrupted
        | RunEventKind.Failed -> RunStatus.Failed
        | RunEventKind.Finished -> RunStatus.Finished
        | _ -> status

    /// <summary>What a run has come to.</summary>
    /// <param name="events">Its events in the order in which they were written. Without any, the run counts as running.</param>
    static member Fold(events: IEnumerable<RunEvent>) : RunSummary =
        let events = RunHistory.Counting events

        let ofKind kind =
            events |> List.filter (fun event -> event.Kind = kind)

        let diagnosed kind : IReadOnlyList<DiagnosisEntry> =
            [
                for event in ofKind kind do
                    for diagnosis in Option.ofObj event.Diagnosis |> Option.toList do
                        {
                            Iteration = event.Iteration
                            Diagnosis = diagnosis
                        }
            ]

        let withLatest scalars (event: RunEvent) =
            event.Values
            |> Seq.fold (fun scalars value -> Map.add value.Key value.Value scalars) scalars

        let time pick (events: RunEvent list) =
            match events with
            | [] -> Nullable()
            | _ -> Nullable<DateTimeOffset>((pick events: RunEvent).Time)

        {
            Status =
                events
                |> List.fold (fun status event -> RunHistory.StatusAfter(status, event)) RunStatus.Running
            Started = time List.head events
            LastEvent = time List.last events
            Iteration = events |> List.fold (fun iteration event -> max iteration event.Iteration) 0L
            Scalars = ofKind RunEventKind.Scalars |> List.fold withLatest Map.empty
            ScalarHistory =
                [
                    for event in ofKind RunEventKind.Scalars ->
                        {
                            Iteration = event.Iteration
                            Values = event.Values
                        }
                ]
            Scores =
                [
                    for event in ofKind RunEventKind.Scores ->
                        {
                            Iteration = event.Iteration
                            Values = event.Values
                        }
                ]
            Warnings =
                [
                    for event in ofKind RunEventKind.Warning ->
                        {
                            Iteration = event.Iteration
                            Text = event.Text
                        }
                ]
            Diagnoses = diagnosed RunEventKind.Diagnosis
            RollBacks = diagnosed RunEventKind.RolledBack
            Checkpoint =
                ofKind RunEventKind.Checkpoint
                |> List.tryLast
                |> Option.map _.Iteration
                |> Option.toNullable
        }
