namespace PluginGan.Core

/// Why a checkpoint cannot be read.
type CheckpointFault =
    /// Its bytes are not those that were written.
    | Damaged = 0
    /// Another version of PluginGan wrote it.
    | OtherFormat = 1
    /// The system does not let this process read it.
    | Unreadable = 2

/// A checkpoint that is there and cannot be read.
type UnreadCheckpoint =
    {
        /// How many iterations it has done, by its name.
        Iteration: int64
        /// Its folder.
        Path: string
        /// Why.
        Fault: CheckpointFault
        /// The details, as a part of a sentence.
        Reason: string
    }

    /// What is wrong, in one sentence without its full stop.
    override this.ToString() =
        let name = this.Iteration.ToString "D7"

        match this.Fault with
        | CheckpointFault.OtherFormat -> $"checkpoint {name} has another format: {this.Reason}"
        | CheckpointFault.Unreadable -> $"checkpoint {name} cannot be opened ({this.Reason})"
        | _ -> $"checkpoint {name} is damaged ({this.Reason})"
