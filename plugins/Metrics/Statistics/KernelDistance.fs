namespace PluginGan.Plugins.Metrics

open System

/// The kernel distance (KID, arXiv:1801.01401): the squared maximum mean discrepancy under the kernel (x·y / D + 1)³.
module KernelDistance =

    /// The sum of the kernel over all pairs of a point of `xs` and one of `ys`, or over all pairs of different points of one set.
    let private sum (xs: Points) (ys: Points) =
        let xNorms, yNorms = xs.SquaredNorms(), ys.SquaredNorms()
        let dimension = float xs.Dimension
        let same = Object.ReferenceEquals(xs, ys)
        let sums = Array.zeroCreate<float> xs.Count

        Distances.visit xs ys (fun x row ->
            let distances = row.AsSpan()
            let mutable total = 0.0

            for y in 0 .. distances.Length - 1 do
                if not same || y <> x then
                    let product = (xNorms[x] + yNorms[y] - distances[y]) / 2.0
                    let plain = product / dimension + 1.0
                    total <- total + plain * plain * plain

            sums[x] <- total)

        Array.sum sums

    /// The unbiased estimate from two sets: it can be below 0.
    let private estimate (real: Points) (generated: Points) =
        let pairs (points: Points) =
            float points.Count * float (points.Count - 1)

        sum real real / pairs real + sum generated generated / pairs generated
        - 2.0 * sum real generated / (float real.Count * float generated.Count)

    /// The estimates of pairs of subsets, given by their positions among the real and the generated points. A ComponentException
    /// refuses fewer than 2 points.
    let ofSubsets (real: Points) (generated: Points) (subsets: struct (int64[] * int64[])[]) : float[] =
        Require.enough 2L "features of real samples" real.Count
        Require.enough 2L "features of generated samples" generated.Count

        subsets
        |> Array.map (fun struct (first, second) -> estimate (real.Subset first) (generated.Subset second))
