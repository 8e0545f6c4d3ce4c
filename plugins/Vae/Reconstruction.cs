using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Vae;

/// <summary>
/// What a reconstruction costs: -log p(x | z) of each sample in nats, [N], summed over its values (arXiv:1312.6114, appendix C). Samples and decoded ones are [N, ...].
/// </summary>
internal static class Reconstruction
{
    // Below the resolution of float32 next to 1: a decoder that is sure and wrong costs much, and not infinity.
    private const double Surest = 1e-7;

    private static readonly Scalar Least = Surest;
    private static readonly Scalar Most = 1 - Surest;

    /// <summary>Σ (x - x̂)² / 2σ² + log σ + ½ log 2π.</summary>
    public static Func<Tensor, Tensor, Tensor> Gaussian(double deviation)
    {
        Scalar precision = 0.5 / (deviation * deviation);
        Scalar normalisation = Math.Log(deviation) + (0.5 * Math.Log(2 * Math.PI));
        return (samples, decoded) =>
        {
            var gap = samples.sub(decoded);
            return gap.mul(gap).mul(precision).add(normalisation, One).flatten(1).sum(1);
        };
    }

    /// <summary>-Σ t log p + (1 - t) log(1 - p), where t and p are x and x̂ mapped from [-1, 1] to [0, 1].</summary>
    public static Tensor Bernoulli(Tensor samples, Tensor decoded)
    {
        var (white, probability) = (Share(samples), Share(decoded.to(samples.dtype)).clamp(Least, Most));
        var black = white.neg().add(One, One);
        return white.mul(probability.log()).add(black.mul(probability.neg().add(One, One).log()), One).flatten(1).sum(1).neg();
    }

    private static Tensor Share(Tensor values) => values.add(One, One).mul(Scalars.Half);
}
