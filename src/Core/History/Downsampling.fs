namespace PluginGan.Core

open System
open System.Collections.Generic

/// Fewer of many, chosen so that what they show stays the same.
[<AbstractClass; Sealed>]
type Downsampling =

    /// <summary>Which points of a long curve to draw, by position, ascending and each once.</summary>
    /// <remarks>
    /// Of each bucket of consecutive points the lowest, the highest and the first that is not finite, so that neither a spike nor a gap is lost; and the
    /// first and the last of all.
    /// </remarks>
    /// <param name="values">The curve. Null where nothing was measured.</param>
    /// <param name="buckets">How many buckets: about one for each column of pixels. At most three points of each are kept.</param>
    /// <returns>All positions where there are no more points than twice the buckets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is not even one bucket.</exception>
    static member Extremes(values: IReadOnlyList<Nullable<float>>, buckets: int) : IReadOnlyList<int> =
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1, nameof buckets)
        let count = values.Count

        let kept bucket =
            let first = int (int64 bucket * int64 count / int64 buckets)
            let next = int (int64 (bucket + 1) * int64 count / int64 buckets)

            let measured =
                [
                    for position in first .. next - 1 do
                        if values[position].HasValue then
                            position, values[position].Value
                ]

            let finite = measured |> List.filter (snd >> Double.IsFinite)

            [
                if not finite.IsEmpty then
                    fst (List.minBy snd finite)
                    fst (List.maxBy snd finite)

                for position, _ in measured |> List.tryFind (snd >> Double.IsFinite >> not) |> Option.toList do
                    position
            ]

        if count <= 2 * buckets then
            [ 0 .. count - 1 ]
        else
            0 :: count - 1 :: List.collect kept [ 0 .. buckets - 1 ]
            |> List.distinct
            |> List.sort
        :> _

    /// <summary>Positions spread evenly over a sequence, ascending and each once; the first and the last are among them.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="most">How many may be taken. If one, it is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not even one may be taken.</exception>
    static member Evenly(count: int, most: int) : IReadOnlyList<int> =
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof most)

        if count <= most then
            [ 0 .. count - 1 ]
        elif most = 1 then
            [ count - 1 ]
        else
            [
                for step in 0 .. most - 1 -> int (int64 step * int64 (count - 1) / int64 (most - 1))
            ]
        :> _
