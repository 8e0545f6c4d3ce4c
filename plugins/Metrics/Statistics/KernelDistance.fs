namespace PluginGan.Plugins.Metrics

open System

/// The kernel distance (KID, arXiv:1801.01401): the squared maximum mean discrepancy under the kernel (x·y / D + 1)³.
///
/// Terms of the kernel that depend on one of its two points only cancel in the distance, and where features are small or share a large
/// offset nearly all of its digits are such terms. So they are left out before anything is added up. With x = m + u and y = m + v, m the
/// mean of real ones, x·y / D + 1 = c + a + b + p, where c = m·m / D + 1, a = m·u / D, b = m·v / D and p = u·v / D, and what is left of
/// its cube is 6 c a b + 3 a b (a + b) + 3 (c + a + b)² p + 3 (c + a + b) p² + p³.
module KernelDistance =

    /// Points around a common middle.
    type private Centred =
        {
            /// u of each.
            Points: Points
            /// a of each.
            Along: float[]
            /// u·u of each.
            Norms: float[]
        }

    /// The sum of what is left of the kernel over all pairs of a point of `xs` and one of `ys`, or of different points of one set.
    let private sum (c: float) (xs: Centred) (ys: Centred) =
        let dimension = float xs.Points.Dimension
        let same = Object.ReferenceEquals(xs, ys)
        let sums = Array.zeroCreate<float> xs.Points.Count

        Distances.visit xs.Points ys.Points (fun x row ->
            let distances = row.AsSpan()
            let a = xs.Along[x]
            let mutable total = 0.0

            for y in 0 .. distances.Length - 1 do
                if not same || y <> x then
                    let b = ys.Along[y]
                    let p = (xs.Norms[x] + ys.Norms[y] - distances[y]) / 2.0 / dimension
                    let plain = c + a + b

                    total <-
                        total
                        + 3.0 * a * b * (2.0 * c + a + b)
                        + p * (3.0 * plain * (plain + p) + p * p)

            sums[x] <- total)

        Array.sum sums

    /// The unbiased estimate from two sets: it can be below 0.
    let private estimate (real: Points) (generated: Points) =
        let middle = real.Mean()
        let dimension = float real.Dimension

        let centred (points: Points) =
            let around = points.Less middle

            {
                Points = around
                Along = around.Products middle |> Array.map (fun product -> product / dimension)
                Norms = around.SquaredNorms()
            }

        let pairs (points: Points) =
            float points.Count * float (points.Count - 1)

        let xs, ys = centred real, centred generated
        let c = (Array.sumBy (fun value -> value * value) middle) / dimension + 1.0

        sum c xs xs / pairs real + sum c ys ys / pairs generated
        - 2.0 * sum c xs ys / (float real.Count * float generated.Count)

    /// The estimates of pairs of subsets, given by their positions among the real and the generated points. A ComponentException
    /// refuses fewer than 2 points, and points that are all one.
    let ofSubsets (real: Points) (generated: Points) (subsets: struct (int64[] * int64[])[]) : float[] =
        Require.enough 2L "features of real samples" real.Count
        Require.enough 2L "features of generated samples" generated.Count
        Points.RequireDiffering real generated

        subsets
        |> Array.map (fun struct (first, second) -> estimate (real.Subset first) (generated.Subset second))
