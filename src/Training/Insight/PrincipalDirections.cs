using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Directions in the latent space that move an early activation of a generator along its principal components (GANSpace, Härkönen et al.,
/// arXiv:2004.02546, section 2.1): PCA of the activations of many latents, then a regression of the latents on the components.
/// </summary>
/// <param name="Directions">Unit vectors, float32 [K, W], the component of the greatest variance first; the greatest value of each is positive.</param>
/// <param name="Explained">The share of the activations' variance that each component holds.</param>
public sealed record PrincipalDirections(Tensor Directions, IReadOnlyList<double> Explained)
{
    // Components that hold less of the variance are rounding.
    private const double Least = 1e-9;

    private const int FeaturesAtOnce = 4096;

    /// <summary>Finds directions from what a layer made of latents.</summary>
    /// <param name="activations">[N, ...], a sample's features in its row.</param>
    /// <param name="latents">[N, W], in standard deviations: each column of variance 1, or constant.</param>
    /// <param name="count">The greatest K.</param>
    public static PrincipalDirections Of(Tensor activations, Tensor latents, int count)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var points = Centred(latents.cpu().to(ScalarType.Float64));
        var (variances, components) = Components(Gram(activations.flatten(1)), count);
        // The components' unit vectors times the latents' covariance with them: as the regression of the latents on the components, but for its scale.
        var directions = components.T.mm(WithoutChance(points, components) ?? points);
        return Ordered(directions, variances);
    }

    /// <summary>
    /// Directions in which samples themselves change most: the eigenvectors of the mean of JᵀJ, J the derivative of a sample by the latent.
    /// </summary>
    /// <param name="gram">The mean of JᵀJ over latents, [W', W'], in the coordinates of <paramref name="axes"/>.</param>
    /// <param name="axes">Unit vectors [W', W].</param>
    /// <param name="count">The greatest K.</param>
    public static PrincipalDirections OfEffects(Tensor gram, Tensor axes, int count)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (shares, vectors) = Components(gram.to(ScalarType.Float64), count);
        return Ordered(vectors.T.mm(axes.to(ScalarType.Float64)), shares);
    }

    // The N×N products of the centred activations, in pieces: a layer may have many more features than there are latents.
    private static Tensor Gram(Tensor activations)
    {
        var gram = zeros(activations.shape[0], activations.shape[0], dtype: ScalarType.Float64, device: activations.device);
        for (var from = 0L; from < activations.shape[1]; from += FeaturesAtOnce)
        {
            using var inner = NewDisposeScope();
            var piece = Centred(activations.narrow(1, from, Math.Min(FeaturesAtOnce, activations.shape[1] - from)).to(ScalarType.Float64));
            gram.add_(piece.mm(piece.T));
        }
        return gram;
    }

    private static (double[] Shares, Tensor Vectors) Components(Tensor symmetric, int count)
    {
        // On the CPU: small, and the same everywhere.
        var (values, vectors) = linalg.eigh(symmetric.cpu());
        var all = values.data<double>().ToArray();
        var total = all.Where(value => value > 0).Sum();
        var kept = Enumerable.Range(0, all.Length).Reverse().Take(count).Where(index => all[index] > Least * total).ToArray();
        return ([.. kept.Select(index => all[index] / total)], vectors.index_select(1, tensor([.. kept.Select(index => (long)index)])));
    }

    /// <summary>
    /// Latents of which the covariance is known to be the identity: with this in place of the drawn ones, what their finite number adds by chance
    /// falls out, and the direction of a linear layer is exact. Null where there are too few latents for it.
    /// </summary>
    private static Tensor? WithoutChance(Tensor points, Tensor components)
    {
        var varying = points.abs().amax([0]).gt(zeros(1, dtype: points.dtype)).nonzero().squeeze(1);
        if (points.shape[0] < 2 * varying.shape[0])
            return null;
        var drawn = points.index_select(1, varying);
        var whitened = linalg.solve(drawn.T.mm(drawn), drawn.T).T;
        return zeros_like(points).index_copy_(1, varying, whitened);
    }

    private static PrincipalDirections Ordered(Tensor directions, double[] shares)
    {
        var lengths = directions.square().sum(1, keepdim: true).sqrt();
        var unit = directions.div(lengths).nan_to_num();
        var greatest = unit.gather(1, unit.abs().argmax(1, keepdim: true));
        return new PrincipalDirections(unit.mul(greatest.sign()).to(ScalarType.Float32).cpu().MoveToOuterDisposeScope(), shares);
    }

    private static Tensor Centred(Tensor rows) => rows.sub(rows.mean([0], keepdim: true));
}
