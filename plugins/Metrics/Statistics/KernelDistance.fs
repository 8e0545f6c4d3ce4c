namespace PluginGan.Plugins.Metrics

open TorchSharp

/// The kernel distance (KID, arXiv:1801.01401): the squared maximum mean discrepancy under the kernel (x·y / D + 1)³.
module KernelDistance =

    /// The sum of (xᵢ·yⱼ + 1)³ over all pairs of rows.
    let private sum (one: torch.Tensor) (x: torch.Tensor) (y: torch.Tensor) =
        use _ = torch.NewDisposeScope()
        let plain = torch.addmm (one, x, y.t (), 1f, 1f)
        torch.dot((plain * plain).view -1L, plain.view -1L).item<float>()

    let private sumOfPairs (one: torch.Tensor) (x: torch.Tensor) =
        let plain = (x * x).sum 1L + one
        sum one x x - (plain * plain * plain).sum().item<float>()

    /// The unbiased estimate from scaled features [N, D] and [M, D], N and M ≥ 2: it can be below 0.
    let private estimate (real: torch.Tensor) (generated: torch.Tensor) =
        use _ = torch.NewDisposeScope()
        let one = torch.ones (1L, dtype = torch.float64)
        let count (features: torch.Tensor) = float features.shape[0]
        let pairs features = count features * (count features - 1.0)

        sumOfPairs one real / pairs real + sumOfPairs one generated / pairs generated
        - 2.0 * sum one real generated / (count real * count generated)

    let private prepare what (features: torch.Tensor) =
        Require.atLeast 2L what features
        Require.finite what features
        features.detach().``to``(torch.float64) / sqrt (float features.shape[1])

    /// The estimates of pairs of subsets, given by their rows in the real and in the generated features [N, D], [M, D]. A
    /// ComponentException refuses fewer than 2 rows and values that are not finite.
    let ofSubsets (real: torch.Tensor) (generated: torch.Tensor) (subsets: struct (int64[] * int64[])[]) : float[] =
        use _ = torch.NewDisposeScope()
        let real = prepare "features of real samples" real
        let generated = prepare "features of generated samples" generated

        let rows (features: torch.Tensor) (positions: int64[]) =
            features.index_select (0L, torch.tensor positions)

        subsets
        |> Array.map (fun struct (first, second) ->
            use _ = torch.NewDisposeScope()
            estimate (rows real first) (rows generated second))
