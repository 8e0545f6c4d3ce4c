namespace PluginGan.Plugins.Metrics

open System.Collections.Generic

/// Random choices as functions of a seed: the SplitMix64 sequence (Steele, Lea and Flood, 2014), which is the same on every machine.
module Shuffle =

    let private step = 0x9E3779B97F4A7C15UL

    let private mix (state: uint64) =
        let state = (state ^^^ (state >>> 30)) * 0xBF58476D1CE4E5B9UL
        let state = (state ^^^ (state >>> 27)) * 0x94D049BB133111EBUL
        state ^^^ (state >>> 31)

    let private below (bound: int) (seed: uint64) (draw: int) =
        int (mix (seed + uint64 (draw + 1) * step) % uint64 bound)

    /// The seed of one of many choices under a common seed.
    let seedOf (seed: uint64) (index: int) =
        mix (seed ^^^ mix (uint64 index + step))

    /// So many different positions out of 0 .. count - 1, in random order (Fisher and Yates).
    let subset (seed: uint64) (count: int) (size: int) : int64[] =
        let positions = Array.init count int64

        for place in 0 .. size - 1 do
            let other = place + below (count - place) seed place
            let taken = positions[other]
            positions[other] <- positions[place]
            positions[place] <- taken

        Array.truncate size positions

    /// All positions 0 .. count - 1 in random order, cut into so many parts whose sizes differ by one at most.
    let parts (seed: uint64) (count: int) (parts: int) : int64[][] =
        let order = subset seed count count

        let cut part =
            int (int64 part * int64 count / int64 parts)

        Array.init parts (fun part -> order[cut part .. cut (part + 1) - 1])

    /// Pairs of different positions out of 0 .. count - 1, no pair twice: so many random ones, or all where there are not more.
    let pairs (seed: uint64) (count: int) (wanted: int) : struct (int64 * int64)[] =
        if int64 count * int64 (count - 1) / 2L <= int64 wanted then
            [|
                for first in 0 .. count - 1 do
                    for second in first + 1 .. count - 1 -> struct (int64 first, int64 second)
            |]
        else
            let known = HashSet<struct (int64 * int64)>()
            let drawn = List<struct (int64 * int64)>()
            let mutable draw = 0

            while drawn.Count < wanted do
                let first, second = below count seed draw, below count seed (draw + 1)
                let pair = struct (int64 (min first second), int64 (max first second))
                draw <- draw + 2

                if first <> second && known.Add pair then
                    drawn.Add pair

            drawn.ToArray()
