namespace PluginGan.Core

open System
open System.Collections.Generic

/// Something that happened in a run and that a person wants to know of afterwards.
type RunMoment =
    {
        /// What happened.
        Event: RunEvent
        /// Whether the run later went back to before it, so that it no longer counts.
        TakenBack: bool
    }

/// The course of a run, with what no longer counts: how it came to where it stands.
[<AbstractClass; Sealed>]
type RunTimeline =

    /// <summary>Starts and ends, warnings, diagnoses and roll-backs, in order.</summary>
    /// <param name="events">The run's events in the order in which they were written.</param>
    static member Of(events: IEnumerable<RunEvent>) : IReadOnlyList<RunMoment> =
        // From the end: what comes after an event decides whether it still counts.
        let moment (event: RunEvent) (moments, reachedBack) =
            let reachesBack =
                match event.Kind with
                | RunEventKind.Resumed
                | RunEventKind.RolledBack -> min reachedBack event.Iteration
                | _ -> reachedBack

            let told =
                match event.Kind with
                | RunEventKind.Scalars
                | RunEventKind.Scores
                | RunEventKind.Snapshot
                | RunEventKind.Checkpoint -> moments
                | _ ->
                    {
                        Event = event
                        TakenBack = event.Iteration > reachedBack
                    }
                    :: moments

            told, reachesBack

        let moments, _ = Seq.foldBack moment events ([], Int64.MaxValue)
        moments

    /// <summary>How long a run was under way, without the time between an end and the resume that followed.</summary>
    /// <param name="events">The run's events in the order in which they were written.</param>
    static member TimeSpent(events: IEnumerable<RunEvent>) : TimeSpan =
        events
        |> Seq.pairwise
        |> Seq.filter (fun (_, next) -> next.Kind <> RunEventKind.Resumed)
        |> Seq.fold (fun spent (event, next) -> spent + (next.Time - event.Time)) TimeSpan.Zero
