namespace PluginGan.Core

open System
open System.Collections.Generic

/// Where a run stands.
type RunStatus =
    /// It is under way. A history alone cannot tell this from a run whose process died: see Liveness.
    | Running = 0
    /// The user stopped it; it can be resumed.
    | Interrupted = 1
    /// It ended with an error.
    | Failed = 2
    /// All its iterations are done.
    | Finished = 3
    /// Its process ended without a word: it was killed, the machine lost its power, or the disk was full. It can be resumed.
    | Stopped = 4

/// The scalars that were read at one iteration.
type ScalarEntry =
    {
        /// How many iterations were done.
        Iteration: int64
        /// Values by name.
        Values: IReadOnlyDictionary<string, float>
    }

/// The scores of one evaluation.
type ScoreEntry =
    {
        /// How many iterations were done.
        Iteration: int64
        /// Values by metric.
        Values: IReadOnlyDictionary<string, float>
    }

/// Something a person should know about a run.
type WarningEntry =
    {
        /// How many iterations were done.
        Iteration: int64
        /// The warning in plain words.
        Text: string
    }

/// What was found wrong with a run.
type DiagnosisEntry =
    {
        /// How many iterations were done; after a roll-back, those of the checkpoint that the run went back to.
        Iteration: int64
        /// What it was.
        Diagnosis: Diagnosis
    }

/// What a run has come to, as its events tell it.
type RunSummary =
    {
        /// Where it stands.
        Status: RunStatus
        /// When it began; null without events.
        Started: Nullable<DateTimeOffset>
        /// When it was last heard of; null without events.
        LastEvent: Nullable<DateTimeOffset>
        /// How many iterations are done.
        Iteration: int64
        /// The latest value of each scalar.
        Scalars: IReadOnlyDictionary<string, float>
        /// All scalars in order.
        ScalarHistory: IReadOnlyList<ScalarEntry>
        /// All evaluations in order.
        Scores: IReadOnlyList<ScoreEntry>
        /// All warnings in order.
        Warnings: IReadOnlyList<WarningEntry>
        /// All diagnoses in order.
        Diagnoses: IReadOnlyList<DiagnosisEntry>
        /// The diagnoses whose remedies are in force since a roll-back, in order.
        RollBacks: IReadOnlyList<DiagnosisEntry>
        /// The iterations done at the last checkpoint; null without one.
        Checkpoint: Nullable<int64>
    }
