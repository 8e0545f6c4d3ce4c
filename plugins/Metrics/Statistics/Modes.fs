namespace PluginGan.Plugins.Metrics

open System

/// Which modes of a known distribution samples fall into.
module Modes =

    /// So many modes on a circle around the origin, from (radius, 0) on.
    let ring (modes: int) (radius: float) : float[][] =
        Array.init modes (fun mode ->
            let angle = 2.0 * Math.PI * float mode / float modes
            [| radius * cos angle; radius * sin angle |])

    /// side × side modes on a square lattice around the origin.
    let grid (side: int) (spacing: float) : float[][] =
        let along place =
            spacing * (float place - float (side - 1) / 2.0)

        [|
            for row in 0 .. side - 1 do
                for column in 0 .. side - 1 -> [| along row; along column |]
        |]

    /// How many of these numbers there are of each of so many kinds.
    let counts (kinds: int) (numbers: int seq) : int[] =
        let counts = Array.zeroCreate kinds

        for number in numbers do
            counts[number] <- counts[number] + 1

        counts

    /// The Kullback-Leibler divergence in nats of the shares of modes from equal shares: 0 to the logarithm of their number.
    let divergence (counts: int[]) =
        let total = float (Array.sum counts)

        counts
        |> Array.sumBy (fun count ->
            let share = float count / total

            if count = 0 then
                0.0
            else
                share * log (share * float counts.Length))
        |> max 0.0

    /// Modes with at least one.
    let found (counts: int[]) =
        counts |> Array.sumBy (fun count -> if count > 0 then 1 else 0)
