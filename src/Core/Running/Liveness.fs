namespace PluginGan.Core

open System

/// Whether the process that trains a run is alive.
[<AbstractClass; Sealed>]
type Liveness =

    /// How often a process renews its record.
    static member Interval = TimeSpan.FromSeconds 15.0

    /// How old the last heartbeat of a process on another machine may be: a pause, a slow network file system and clocks that differ a
    /// little are no death.
    static member Patience = TimeSpan.FromMinutes 2.0

    /// <summary>
    /// Whether the process of a record is alive: by process id and start time where its processes can be seen, elsewhere by the age of
    /// its heartbeat.
    /// </summary>
    /// <param name="record">The record; null where there is none.</param>
    /// <param name="system">The set of processes that can be seen from here; empty where none can.</param>
    /// <param name="started">When the process started that has the record's id here, in the words of the system; null where there is
    /// none.</param>
    /// <param name="now">The time here.</param>
    static member IsAlive(record: LivenessRecord | null, system: string, started: string | null, now: DateTimeOffset) =
        match record with
        | null -> false
        | record when system <> "" && record.System = system && started <> "" -> started = record.ProcessStarted
        // A clock that is ahead of this one makes heartbeats of the future: they count alike.
        | record -> (now - record.Heartbeat).Duration() < Liveness.Patience

    /// <summary>A run's summary with what its history cannot tell: a run that ended without a word is stopped.</summary>
    /// <param name="summary">What the history tells.</param>
    /// <param name="alive">Whether a process trains the run.</param>
    static member Judge(summary: RunSummary, alive: bool) : RunSummary =
        if summary.Status = RunStatus.Running && not alive then
            { summary with
                Status = RunStatus.Stopped
            }
        else
            summary
