namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp
open type TorchSharp.torch.linalg

/// Distances under a covariance that is pulled towards a multiple of the identity, so that it can be inverted with any number of
/// samples: Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices" (2004).
module ShrunkCovariance =

    let private number (value: torch.Tensor) = value.item<float>()

    /// The shrinkage, from 0 (the empirical covariance) to 1 (a multiple of the identity), of centred features [N, D] and their
    /// covariance (ddof 0) [D, D].
    let private shrinkage (centred: torch.Tensor) (covariance: torch.Tensor) =
        let rows, columns = float centred.shape[0], float centred.shape[1]
        let trace = number (covariance.trace ())
        let sumOfSquares = number ((covariance * covariance).sum())
        let norms = (centred * centred).sum 1L

        let spread =
            (number ((norms * norms).sum()) / rows - sumOfSquares) / (columns * rows)

        let distance = (sumOfSquares - trace * trace / columns) / columns

        if distance <= 0.0 then
            0.0
        else
            min spread distance / distance |> max 0.0

    /// The Mahalanobis distance of each generated sample from the mean of the real ones, that of their mean, and the shrinkage. Features
    /// are [N, D] and [M, D], N ≥ 2, M ≥ 2; a ComponentException refuses fewer, values that are not finite, and real features that do
    /// not vary.
    let mahalanobis (real: torch.Tensor) (generated: torch.Tensor) : struct (float[] * float * float) =
        use _ = torch.NewDisposeScope()

        let check what (features: torch.Tensor) =
            Require.atLeast 2L what features
            Require.finite what features

        check "features of real samples" real
        check "features of generated samples" generated
        let struct (real, generated) = Origin.shared real generated
        let mean = real.mean [| 0L |]
        let centred = real - mean
        let covariance = centred.t().matmul centred / float real.shape[0]
        let shrinkage = shrinkage centred covariance
        let level = number (covariance.trace ()) / float real.shape[1]

        let shrunk =
            (1.0 - shrinkage) * covariance
            + shrinkage * level * torch.eye (real.shape[1], dtype = torch.float64)

        let struct (variances, axes) = eigh shrunk
        let least, greatest = number (variances.min ()), number (variances.max ())

        if least <= greatest * float real.shape[1] * 1e-16 then
            raise (
                ComponentException
                    "the features of real samples do not vary in every direction, so there is no Mahalanobis distance: use more or other samples, or another extractor"
            )

        // In these coordinates the real samples have the variance 1 along every axis, and distances are Euclidean.
        let coordinates = (generated - mean).matmul axes / variances.sqrt ()
        let norm (values: torch.Tensor) = (values * values).sum(-1L).sqrt()
        struct ((norm coordinates).data<float>().ToArray(), number (norm (coordinates.mean [| 0L |])), shrinkage)
