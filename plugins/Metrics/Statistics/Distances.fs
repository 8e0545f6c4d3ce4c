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

    /// Distances from one query to four neighbouring targets.
    let private four (queries: float[]) query (targets: float[]) target stride (into: float[]) place =
        let second, third, fourth =
            target + stride, target + 2 * stride, target + 3 * stride

        let mutable sum1 = Vector<float>.Zero
        let mutable sum2 = Vector<float>.Zero
        let mutable sum3 = Vector<float>.Zero
        let mutable sum4 = Vector<float>.Zero
        let mutable column = 0

        while column < stride do
            let x = Vector<float>(queries, query + column)
            let difference1 = x - Vector<float>(targets, target + column)
            let difference2 = x - Vector<float>(targets, second + column)
            let difference3 = x - Vector<float>(targets, third + column)
            let difference4 = x - Vector<float>(targets, fourth + column)
            sum1 <- Vector.MultiplyAddEstimate(difference1, difference1, sum1)
            sum2 <- Vector.MultiplyAddEstimate(difference2, difference2, sum2)
            sum3 <- Vector.MultiplyAddEstimate(difference3, difference3, sum3)
            sum4 <- Vector.MultiplyAddEstimate(difference4, difference4, sum4)
            column <- column + Vector<float>.Count

        into[place] <- Vector.Sum sum1
        into[place + 1] <- Vector.Sum sum2
        into[place + 2] <- Vector.Sum sum3
        into[place + 3] <- Vector.Sum sum4

    let private block (queries: Points) first last (targets: Points) width (buffer: float[]) =
        let stride = queries.Stride

        for from in 0..window .. targets.Count - 1 do
            for query in first .. last - 1 do
                let row = (query - first) * width

                for target in from .. Points.Tile .. min (from + window) targets.Count - 1 do
                    four queries.Values (query * stride) targets.Values (target * stride) stride buffer (row + target)

    /// Calls visit with each query's position and its squared distances to all targets, in their order. Calls come from as many
    /// threads as torch uses, in any order; the distances are the visitor's to change until it returns.
    let visit (queries: Points) (targets: Points) (visit: int -> ArraySegment<float> -> unit) =
        if queries.Dimension <> targets.Dimension then
            invalidArg (nameof targets) $"points of {queries.Dimension} and of {targets.Dimension} features have no distance"

        let width = (targets.Count + Points.Tile - 1) / Points.Tile * Points.Tile
        let threads = ParallelOptions(MaxDegreeOfParallelism = torch.get_num_threads ())

        Parallel.For(
            0,
            (queries.Count + together - 1) / together,
            threads,
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
