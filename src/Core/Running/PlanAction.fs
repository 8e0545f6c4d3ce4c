namespace PluginGan.Core

open PluginGan

/// What the trainer does next.
type PlanActionKind =
    /// One update of one phase.
    | Train = 0
    /// Read the scalars and log them.
    | Log = 1
    /// Run the evaluators.
    | Evaluate = 2
    /// Draw samples for people to look at.
    | Snapshot = 3
    /// Write a checkpoint.
    | Checkpoint = 4
    /// End the run here.
    | Stop = 5

/// Why a run stops.
type StopReason =
    /// It does not.
    | None = 0
    /// All iterations are done.
    | Completed = 1
    /// The user asked for it; a checkpoint has just been written.
    | Interrupted = 2

/// One step of a run's plan.
type PlanAction =
    {
        /// What to do.
        Kind: PlanActionKind
        /// The phase to update; null unless Kind is Train.
        Phase: Phase | null
        /// Which of the phase's repeats this is, from 0.
        Repeat: int
        /// Whether the update reuses the batch, latents and generated samples of the update before it.
        SharesDraw: bool
        /// Whether the update after it will reuse this one's, which must therefore be kept.
        DrawIsShared: bool
        /// Why the run stops; None unless Kind is Stop.
        Reason: StopReason
    }
