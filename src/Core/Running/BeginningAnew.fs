namespace PluginGan.Core

open System.Collections.Generic

/// Decides whether a run without a checkpoint that can be read may begin anew. It would replace the weights that it has, and retention
/// would delete what somebody could still mend.
[<AbstractClass; Sealed>]
type BeginningAnew =

    static member private Remedy(fault: CheckpointFault) =
        match fault with
        | CheckpointFault.OtherFormat -> "resume with the version of PluginGan that wrote them"
        | CheckpointFault.Unreadable -> "give this user the right to read them"
        | _ -> "put back a copy of them"

    /// <summary>Why the run must not begin anew; null where it may, since it never came to a checkpoint.</summary>
    /// <param name="folder">The folder of its checkpoints.</param>
    /// <param name="exists">Whether that folder is there.</param>
    /// <param name="unread">The checkpoints in it, none of which can be read.</param>
    /// <param name="hasGenerator">Whether the run has written weights of its generator.</param>
    /// <param name="history">What its events tell.</param>
    static member Refusal
        (folder: string, exists: bool, unread: IReadOnlyList<UnreadCheckpoint>, hasGenerator: bool, history: RunSummary)
        : string | null =
        let refused what remedy =
            $"{what}. Nothing was changed: {remedy}, or begin anew with --force, which renames what is there and deletes nothing"

        // A run that is killed while it writes its first checkpoint has a generator and a folder, and its history records no checkpoint.
        let hadCheckpoints =
            history.Checkpoint.HasValue
            || hasGenerator && (not exists || not history.Started.HasValue)

        if unread.Count > 0 then
            let faults = unread |> Seq.map string |> String.concat "; "

            let remedies =
                unread
                |> Seq.map (_.Fault >> BeginningAnew.Remedy)
                |> Seq.distinct
                |> String.concat ", "

            refused $"no checkpoint in '{folder}' can be read: {faults}" remedies
        elif hadCheckpoints then
            let missing =
                if exists then
                    "holds no checkpoint"
                else
                    "is missing"

            refused $"'{folder}' {missing}, although the run has been trained" "put the checkpoints back"
        else
            null
