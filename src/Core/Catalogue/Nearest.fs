namespace PluginGan.Core

open System.Collections.Generic

module internal EditDistance =

    /// Insertions, deletions, substitutions and swaps of neighbouring letters, each costing one (optimal string alignment).
    let between (source: string) (target: string) =
        let cost = Array2D.init (source.Length + 1) (target.Length + 1) max

        for i in 1 .. source.Length do
            for j in 1 .. target.Length do
                let changed = if source[i - 1] = target[j - 1] then 0 else 1

                let swapped =
                    i > 1 && j > 1 && source[i - 1] = target[j - 2] && source[i - 2] = target[j - 1]

                let plain =
                    min (cost[i - 1, j - 1] + changed) (1 + min cost[i - 1, j] cost[i, j - 1])

                cost[i, j] <-
                    if swapped then
                        min plain (cost[i - 2, j - 2] + 1)
                    else
                        plain

        cost[source.Length, target.Length]

/// Finds the name that somebody probably meant.
[<AbstractClass; Sealed>]
type Nearest =

    /// <summary>The candidate that differs least from a name, or null if none is close: one letter in three may differ.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What would be valid. Case does not count; of equally close ones the first is suggested.</param>
    static member Suggest(name: string, candidates: IEnumerable<string>) : string | null =
        let tolerance (candidate: string) =
            max 1 (max name.Length candidate.Length / 3)

        // Each letter more or less costs one: no need to compare what differs too much in length.
        let comparable (candidate: string) =
            abs (name.Length - candidate.Length) <= tolerance candidate

        let close =
            [
                for candidate in Seq.filter comparable candidates do
                    let distance =
                        EditDistance.between (name.ToLowerInvariant()) (candidate.ToLowerInvariant())

                    if distance <= tolerance candidate && distance < name.Length then
                        candidate, distance
            ]

        match close with
        | [] -> null
        | _ -> close |> List.minBy snd |> fst
