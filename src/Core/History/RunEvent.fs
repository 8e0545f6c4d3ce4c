namespace PluginGan.Core

open System
open System.Collections.Generic

/// What happened in a run.
type RunEventKind =
    /// The run began.
    | Started = 0
    /// The run went on from the checkpoint of the iteration; what had been recorded beyond it no longer counts.
    | Resumed = 1
    /// Values of the training were read.
    | Scalars = 2
    /// Evaluators ran.
    | Scores = 3
    /// Samples were drawn for people to look at.
    | Snapshot = 4
    /// A checkpoint was written.
    | Checkpoint = 5
    /// Something a person should know.
    | Warning = 6
    /// The user stopped the run, which can be resumed.
    | Interrupted = 7
    /// The run ended with an error.
    | Failed = 8
    /// All iterations are done.
    | Finished = 9
    /// A rule of health found something wrong.
    | Diagnosis = 10
    /// The run went back to the checkpoint of the iteration, with the remedy of the diagnosis applied; what had been recorded beyond it no
    /// longer counts.
    | RolledBack = 11

/// One thing that happened in a run: a line of its events.jsonl.
type RunEvent =
    {
        /// What happened.
        Kind: RunEventKind
        /// When.
        Time: DateTimeOffset
        /// How many iterations were done then.
        Iteration: int64
        /// Scalars or scores by name, else empty. NaN and infinities are kept.
        Values: IReadOnlyDictionary<string, float>
        /// The warning, the error or a path, else empty.
        Text: string
        /// What was found, or rolled back for; null for other kinds.
        Diagnosis: Diagnosis | null
    }
