namespace PluginGan.Plugins.Metrics

open TorchSharp
open type TorchSharp.torch.linalg

/// The Fréchet distance between two sets of features, each seen as a normal distribution (FID, arXiv:1706.08500).
module Frechet =

    /// R with RᵀR = Σ, the covariance (ddof 1) of centred features [N, D]. It comes from a QR decomposition of the features
    /// themselves: going by Σ and its eigenvalues would square small deviations, and the root then doubles their rounding errors.
    let private root (centred: torch.Tensor) =
        let struct (_, triangle) = qr (centred, QRMode.R)
        triangle / sqrt (float (centred.shape[0] - 1L))

    let private sumOfSquares (values: torch.Tensor) = (values * values).sum().item<float>()

    let private check what (features: torch.Tensor) =
        Require.atLeast 2L what features
        Require.finite what features

    /// ‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂) − 2·Tr((Σ₁Σ₂)^½), in float64, at least 0. With Σᵢ = RᵢᵀRᵢ the eigenvalues of Σ₁Σ₂ are the squared
    /// singular values of R₁R₂ᵀ, so the last trace is the sum of these: no matrix root, no complex numbers, any rank.
    /// Features are [N, D] and [M, D] on one device; a ComponentException refuses fewer than 2 rows, values that are not finite, and sets
    /// that are all one point.
    let distance (real: torch.Tensor) (generated: torch.Tensor) =
        use _ = torch.NewDisposeScope()
        check "features of real samples" real
        check "features of generated samples" generated
        Require.differing "features of real and generated samples" [ real; generated ]
        let struct (real, generated) = Origin.shared real generated
        let mean (features: torch.Tensor) = features.mean [| 0L |]
        let realRoot = root (real - mean real)
        let generatedRoot = root (generated - mean generated)

        let overlap =
            svdvals(realRoot.matmul (generatedRoot.transpose (0, 1))).sum().item<float>()

        sumOfSquares (mean real - mean generated)
        + sumOfSquares realRoot
        + sumOfSquares generatedRoot
        - 2.0 * overlap
        |> max 0.0
