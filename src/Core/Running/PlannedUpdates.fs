namespace PluginGan.Core

open PluginGan

/// The updates of an iteration, once it is known which phases run.
module internal PlannedUpdates =

    /// <summary>The updates in order.</summary>
    /// <param name="accumulate">Micro-batches in an update.</param>
    /// <param name="phases">All phases in order, each with whether it runs.</param>
    let ofPhases accumulate (phases: (Phase * bool) array) =
        let runsOnce (phase: Phase, runs) =
            runs && phase.Repeat = 1 && accumulate = 1

        let sharesWithBefore index =
            index > 0
            && index < phases.Length
            && (fst phases[index]).SharesDraw
            && runsOnce phases[index - 1]
            && runsOnce phases[index]

        [|
            for index, (phase, runs) in Array.indexed phases do
                if runs then
                    for repeat in 0 .. phase.Repeat - 1 do
                        {
                            Phase = phase
                            Repeat = repeat
                            SharesDraw = sharesWithBefore index
                            DrawIsShared = sharesWithBefore (index + 1)
                        }
        |]
