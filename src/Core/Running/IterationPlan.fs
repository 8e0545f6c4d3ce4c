namespace PluginGan.Core

open System
open System.Collections.Generic
open PluginGan

/// What is due once the updates of an iteration are done. It is done in the order of these values.
[<Flags>]
type Due =
    /// Nothing.
    | Nothing = 0
    /// To read the scalars and log them.
    | Log = 1
    /// To run the evaluators.
    | Evaluation = 2
    /// To draw samples for people to look at.
    | Snapshot = 4
    /// To write a checkpoint.
    | Checkpoint = 8

/// Why a run stops.
type StopReason =
    /// It does not.
    | None = 0
    /// All iterations are done.
    | Completed = 1
    /// The user asked for it; a checkpoint has just been written.
    | Interrupted = 2

/// One update of one phase.
type PlannedUpdate =
    {
        /// The phase.
        Phase: Phase
        /// Which of the phase's repeats this is, from 0.
        Repeat: int
        /// Whether the update reuses the batch, latents and generated samples of the update before it.
        SharesDraw: bool
        /// Whether the update after it will reuse this one's, which must therefore be kept.
        DrawIsShared: bool
    }

/// What an iteration consists of.
type IterationPlan =
    {
        /// The updates in order.
        Updates: IReadOnlyList<PlannedUpdate>
        /// What is due once they are done.
        Due: Due
        /// Whether and why the run stops after that.
        Stop: StopReason
    }
