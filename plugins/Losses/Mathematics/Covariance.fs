namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// Distances in units of the spread of a batch, also of one with fewer samples than dimensions.
module Covariance =

    let private zero, private one = Scalars.Zero, Scalars.One

    // Batches without any spread have no such distance; this keeps it finite.
    let private least = (1e-30).ToScalar()

    /// gapᵀ Σ⁻¹ gap for a gap [D] and the covariance Σ (ddof 0) of the rows [N, D], N ≥ 2, shrunk towards a multiple of the identity:
    /// (1 - ρ) S + ρ tr(S)/D I. ρ is the oracle approximating shrinkage of Chen, Wiesel, Eldar and Hero (arXiv:0907.4698, equation 23),
    /// which is above 0 wherever N ≤ D. What is inverted has the smaller of N and D rows, by Woodbury's identity. Differentiable by the gap;
    /// in float64, which mixed precision leaves alone.
    let squaredMahalanobis (rows: Tensor) (gap: Tensor) =
        let rows, gap =
            rows.detach().``to`` ScalarType.Float64, gap.``to``(ScalarType.Float64).unsqueeze 1L

        let samples, dimensions =
            Operators.float rows.shape[0], Operators.float rows.shape[1]

        let centred = rows - rows.mean ([| 0L |], true)
        let wide = dimensions > samples

        let gram =
            if wide then
                centred.matmul (centred.t ())
            else
                centred.t().matmul centred

        use perSample = (1.0 / samples).ToScalar()
        use perSquare = (1.0 / (samples * samples)).ToScalar()
        use perDimension = (1.0 / dimensions).ToScalar()
        use ofSquares = (1.0 - 2.0 / dimensions).ToScalar()
        use freedom = (samples + 1.0 - 2.0 / dimensions).ToScalar()

        // Of S and S S; both Gram matrices have them in common, but for the scale.
        let trace = gram.diagonal().sum() * perSample
        let squares = (gram * gram).sum() * perSquare
        let sphericity = (squares - trace * trace * perDimension).clamp_min least

        let shrinkage =
            (trace * trace).add(squares, ofSquares).div(sphericity * freedom).clamp(zero, one)

        let level = (trace * shrinkage * perDimension).clamp_min least
        let scale = shrinkage.neg().add(one, one) * perSample

        let identity = eye (gram.shape[0], dtype = ScalarType.Float64, device = gram.device)

        // Its status is not looked at: that would wait for the device.
        let struct (factor, _) =
            linalg.cholesky_ex ((scale * gram).add(level * identity, one), false)

        // For A = L Lᵀ: bᵀ A⁻¹ b is the squared length of L⁻¹ b.
        let squaredLength (vector: Tensor) = (vector * vector).sum()

        let reduced (vector: Tensor) =
            squaredLength (linalg.solve_triangular (factor, vector, upper = false))

        if wide then
            (squaredLength gap - scale * reduced (centred.matmul gap)) / level
        else
            reduced gap
