namespace PluginGan.Plugins.Metrics

open System
open System.Numerics
open System.Threading.Tasks
open TorchSharp

/// Squared Euclidean distances between all pairs of two sets, without ever holding them all.
///
/// They are sums of squared differences, not x² + y² − 2xy: equal points are at distance 0 exactly and d(x, y) = d(y, x) to the
/// last bit, so that "within the ball" means the same for duplicates as for all else (docs/adr/0014-distances.md).
module Distances =

    /// Queries that share one pass over the targets: the memory of a thread is this many rows of distances.
    let private together = 16

    /// Targets that stay in the cache while all queries of a block pass over them.
    let private window = 64

    /// The sides of a tile.
    let private queriesOfTile, targetsOfTile = 2, 4

    let inline private step (x: Vector<float>) (y: Vector<float>) (sum: Vector<float>) =
        let difference = x - y
        Vector.MultiplyAddEstimate(difference, difference, sum)

    /// The distances from 2 queries to 4 targets, into two rows that are `width` apart: each value that is read serves several of them.
    let private tile (queries: Points) query (targets: Points) target (into: float[]) place width =
        let stride = queries.Stride
        let first, second = query * stride, target * stride

        // Bounds are checked here, not at each of the loads: that would double the time.
        if
            first + queriesOfTile * stride > queries.Values.Length
            || second + targetsOfTile * stride > targets.Values.Length
        then
            invalidArg (nameof query) "the tile ends beyond its points"

        let x = &queries.Values[first]
        let y = &targets.Values[second]

        let line1, line2, line3 =
            unativeint stride, unativeint (2 * stride), unativeint (3 * stride)

        let mutable a1 = Vector<float>.Zero
        let mutable a2 = Vector<float>.Zero
        let mutable a3 = Vector<float>.Zero
        let mutable a4 = Vector<float>.Zero
        let mutable b1 = Vector<float>.Zero
        let mutable b2 = Vector<float>.Zero
        let mutable b3 = Vector<float>.Zero
        let mutable b4 = Vector<float>.Zero
        let mutable column = 0un

        while column < line1 do
            let a, b = Vector.LoadUnsafe(&x, column), Vector.LoadUnsafe(&x, line1 + column)
            let y1, y2 = Vector.LoadUnsafe(&y, column), Vector.LoadUnsafe(&y, line1 + column)

            let y3, y4 =
                Vector.LoadUnsafe(&y, line2 + column), Vector.LoadUnsafe(&y, line3 + column)

            a1 <- step a y1 a1
            a2 <- step a y2 a2
            a3 <- step a y3 a3
            a4 <- step a y4 a4
            b1 <- step b y1 b1
            b2 <- step b y2 b2
            b3 <- step b y3 b3
            b4 <- step b y4 b4
            column <- column + unativeint Vector<float>.Count

        into[place] <- Vector.Sum a1
        into[place + 1] <- Vector.Sum a2
        into[place + 2] <- Vector.Sum a3
        into[place + 3] <- Vector.Sum a4
        into[place + width] <- Vector.Sum b1
        into[place + width + 1] <- Vector.Sum b2
        into[place + width + 2] <- Vector.Sum b3
        into[place + width + 3] <- Vector.Sum b4

    let private block (queries: Points) first last (targets: Points) width (buffer: float[]) =
        for from in 0..window .. width - 1 do
            for query in first..queriesOfTile .. last - 1 do
                let row = (query - first) * width

                for target in from..targetsOfTile .. min (from + window) width - 1 do
                    tile queries query targets target buffer (row + target) width

    /// Calls visit with each query's position and its squared distances to all targets, in their order. Calls come from as many
    /// threads as torch uses, in any order; the distances are the visitor's to change until it returns.
    let visit (queries: Points) (targets: Points) (visit: int -> ArraySegment<float> -> unit) =
        if queries.Dimension <> targets.Dimension then
            invalidArg (nameof targets) $"points of {queries.Dimension} and of {targets.Dimension} features have no distance"

        let width = targets.Height

        Parallel.For(
            0,
            (queries.Count + together - 1) / together,
            ParallelOptions(MaxDegreeOfParallelism = torch.get_num_threads ()),
            (fun () -> Array.zeroCreate<float>(together * width)),
            (fun number _ buffer ->
                let first = number * together
                let last = min (first + together) queries.Count
                block queries first last targets width buffer

                for query in first .. last - 1 do
                    visit query (ArraySegment(buffer, (query - first) * width, targets.Count))

                buffer),
            ignore
        )
        |> ignore
