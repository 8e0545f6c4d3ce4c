namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// The mathematics of the regularisers: pure functions of tensors whose first dimension is the batch, to a scalar.
module Penalty =

    let private half = Scalars.Half
    let private one = Scalars.One

    // Below any distance or norm that matters; keeps quotients finite.
    let private least = (1e-12).ToScalar()

    // The authors of MSGAN add this to the quotient of distances that they invert.
    let private slight = (1e-5).ToScalar()

    /// The sum of two tensors. The operator would make a Scalar.
    let sum (left: Tensor) (right: Tensor) = left.add (right, one)

    let private (+) left right = sum left right

    let private meanOfSquares (values: Tensor) = (values * values).mean()

    /// Half the mean over the batch of the squared norm of each sample's gradient [N, ...].
    let zeroCentred (gradient: Tensor) =
        let flat = gradient.flatten 1
        (flat * flat).sum(1L).mean() * half

    /// The norm of each sample's gradient, from [N, ...] to [N]. Where a gradient is zero, torch's norm has the subgradient 0; the root
    /// of a sum of squares would have NaN.
    let norms (gradient: Tensor) =
        gradient.flatten(1).norm(1, false, 2.0f)

    /// The mean over the batch of (norm - target)², from gradients [N, ...].
    let aroundNorm (target: Scalar) (gradient: Tensor) = meanOfSquares (norms gradient - target)

    /// A point between each real sample and the fake one of its row, uniform on the line, requiring a gradient; [N, ...].
    let between (real: Tensor) (fake: Tensor) =
        lerp(fake.detach (), real.detach (), PerSample.uniform real).requires_grad_()

    /// A point near each sample, requiring a gradient; [N, ...]. As the code of DRAGAN's authors draws it: x + α · reach · σ · u, with σ the
    /// standard deviation of all values of the batch, u uniform in [0, 1) for each value, α the same for each sample.
    let around (reach: Scalar) (samples: Tensor) =
        let samples = samples.detach ()
        let deviation = (meanOfSquares (samples - samples.mean ())).sqrt() * reach
        (samples + PerSample.uniform samples * deviation * Draws.UniformLike samples).requires_grad_()

    /// The mean squared distance of the logits from a scalar, or from other logits of their shape.
    let meanSquaredGap (logits: Tensor) (other: Tensor) = meanOfSquares (logits - other)

    /// The difference of the means of two batches, [N, ...] and [M, ...], flat.
    let gapOfMeans (real: Tensor) (fake: Tensor) =
        let mean (batch: Tensor) = batch.flatten(1).mean [| 0L |]
        mean real - mean fake

    /// The squared Euclidean distance between the means of two batches, [N, ...] and [M, ...].
    let squaredEuclidean (real: Tensor) (fake: Tensor) =
        let gap = gapOfMeans real fake
        (gap * gap).sum()

    /// The squared Mahalanobis distance between the means of two batches, [N, ...] and [M, ...], under the shrunk covariance of the real one.
    let squaredMahalanobis (real: Tensor) (fake: Tensor) =
        Covariance.squaredMahalanobis (real.flatten 1) (gapOfMeans real fake)

    /// The mean squared cosine between the features [N, F] of any two samples, N ≥ 2.
    let meanSquaredCosine (features: Tensor) =
        // In float64, which mixed precision leaves alone.
        let features = features.flatten(1).``to`` ScalarType.Float64
        let direction = features / features.norm(1, true, 2.0f).clamp_min least
        let cosines = direction.matmul (direction.t ())
        let squares = cosines * cosines
        let count = Operators.float features.shape[0]
        use pairs = (1.0 / (count * (count - 1.0))).ToScalar()
        (squares.sum () - squares.diagonal().sum()) * pairs

    /// The mean distance of latents over the mean distance of the samples made of them, all [N, ...], by mean absolute differences.
    let latentOverSampleDistance (latents: Tensor, otherLatents: Tensor) (samples: Tensor, otherSamples: Tensor) =
        let distance (left: Tensor) (right: Tensor) = (left - right).abs().mean()
        let latent = distance latents otherLatents
        latent / (distance samples otherSamples).add(latent, slight)
