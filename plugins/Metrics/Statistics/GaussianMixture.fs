namespace PluginGan.Plugins.Metrics

open System
open PluginGan
open TorchSharp

/// A mixture of K normal distributions in D dimensions, torch.float64: shares [K], means [K, D], covariances [K, D, D].
type GaussianMixture =
    {
        Shares: torch.Tensor
        Means: torch.Tensor
        Covariances: torch.Tensor
    }

/// Mixtures of normal distributions: their likelihood, and their estimation by expectation maximisation (Dempster, Laird and Rubin, 1977).
/// The tensors of a result belong to the dispose scope of the caller.
module GaussianMixture =

    /// Added to the variances, so that a mode of equal points has a density.
    let private regularisation = 1e-6

    /// What every mode counts at least, so that an empty one has a mean.
    let private least = 2.2e-15

    let private iterations = 100

    /// The gain of the mean log-likelihood at which the estimation has converged.
    let private tolerance = 1e-3

    /// log(share · density) of each point under each mode, [N, K].
    let private jointLogarithms (mixture: GaussianMixture) (points: torch.Tensor) =
        // [K, D, D]: lower triangular factors, whose diagonals hold the determinants.
        let struct (factors, failures) = torch.linalg.cholesky_ex mixture.Covariances

        if failures.any().item<bool>() then
            raise (
                ComponentException "a mode of the mixture has no spread, because the samples are too large or too similar: evaluate on more samples, or leave mixture-likelihood out"
            )

        // [K, D, N]
        let gaps = (points.unsqueeze 0L - mixture.Means.unsqueeze 1L).transpose(1L, 2L)

        let whitened = torch.linalg.solve_triangular (factors, gaps, upper = false)
        let logDeterminants = factors.diagonal(0L, 1L, 2L).log().sum 1L

        let densities =
            -0.5 * (whitened.square().sum 1L)
            - logDeterminants.unsqueeze 1L
            - 0.5 * float points.shape[1] * log (2.0 * Math.PI)

        (densities + mixture.Shares.log().unsqueeze 1L).t()

    /// The mean over points [N, D] of the logarithm of the density, in nats.
    let logLikelihood (mixture: GaussianMixture) (points: torch.Tensor) =
        (jointLogarithms mixture points).logsumexp(1L).mean().item<float>()

    /// The mixture that fits points best whose shares of the modes [N, K] are given.
    let private maximise (points: torch.Tensor) (responsibilities: torch.Tensor) =
        let counts = responsibilities.sum 0L + least
        let means = responsibilities.t().matmul points / counts.unsqueeze 1L
        // [K, N, D]
        let gaps = points.unsqueeze 0L - means.unsqueeze 1L

        let covariances =
            (gaps * responsibilities.t().unsqueeze 2L).transpose(1L, 2L).matmul gaps
            / counts.view (-1L, 1L, 1L)

        {
            Shares = counts / counts.sum ()
            Means = means
            Covariances =
                covariances
                + regularisation * torch.eye (points.shape[1], dtype = torch.float64)
        }

    /// Climbs from given shares of the modes [N, K], for each of N points [N, D], to a maximum of the likelihood.
    let climb (points: torch.Tensor) (responsibilities: torch.Tensor) =
        let rec improve (mixture: GaussianMixture) (before: float) (left: int) =
            let joint = jointLogarithms mixture points
            let total = joint.logsumexp (1L, keepdim = true)
            let likelihood = total.mean().item<float>()
            let next = maximise points ((joint - total).exp())

            if left <= 1 || abs (likelihood - before) < tolerance then
                next
            else
                improve next likelihood (left - 1)

        improve (maximise points responsibilities) Double.NegativeInfinity iterations

    /// One-hot shares by k-means, whose centres begin far from each other (k-means++, Arthur and Vassilvitskii, 2007; the best of several draws each).
    let private cluster (points: torch.Tensor) (modes: int) (generator: torch.Generator) =
        let count = points.shape[0]
        let candidates = 2L + int64 (log (float modes))

        /// [N, centres]
        let squares (centres: torch.Tensor) =
            (points.unsqueeze 1L - centres.unsqueeze 0L).square().sum 2L

        /// So many points, drawn by their weights.
        let pick (weights: torch.Tensor) wanted =
            points.index_select (0L, torch.multinomial (weights, wanted, true, generator))

        let rec seed (centres: torch.Tensor) (nearest: torch.Tensor) =
            if centres.shape[0] = int64 modes then
                centres
            else
                // Where all points are centres already, any will do.
                let drawn = pick (nearest.add (1e-300.ToScalar())) candidates
                let after = torch.minimum (squares drawn, nearest.unsqueeze 1L)
                let best = after.sum(0L).argmin().view 1L
                seed (torch.cat ([| centres; drawn.index_select (0L, best) |], 0L)) (after.index_select(1L, best).squeeze 1L)

        let rec settle (centres: torch.Tensor) left =
            let labels = (squares centres).argmin 1L
            let shares = torch.nn.functional.one_hot(labels, int64 modes).``to`` torch.float64
            let counts = shares.sum(0L).unsqueeze 1L

            let means =
                torch.where (counts.gt (0.0.ToScalar()), shares.t().matmul points / counts.clamp_min 1.0, centres)

            if left <= 1 || means.allclose (centres, 0.0, 1e-9) then
                shares
            else
                settle means (left - 1)

        let first = pick (torch.ones (count, dtype = torch.float64)) 1L
        settle (seed first ((squares first).squeeze 1L)) 100

    /// Estimates a mixture of so many modes from points [N, D]: the best of several climbs from k-means.
    let fit (points: torch.Tensor) (modes: int) (restarts: int) (seed: uint64) =
        if points.shape[0] < int64 modes then
            raise (
                ComponentException
                    $"a mixture of {modes} modes needs as many points, and there are {points.shape[0]}: evaluate on more samples"
            )

        use generator = new torch.Generator(seed, torch.CPU)

        let attempts =
            [
                for _ in 1..restarts ->
                    let mixture = climb points (cluster points modes generator)
                    logLikelihood mixture points, mixture
            ]

        attempts |> List.maxBy fst |> snd
