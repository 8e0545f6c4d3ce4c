using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>The divergence of an encoder's distribution from the latents that samples are generated from.</summary>
public static class NormalDivergence
{
    /// <summary>KL(N(μ, σ²) ‖ N(0, 1)) = -½ Σ (1 + log σ² - μ² - σ²) of each sample, in nats, [N] (arXiv:1312.6114, appendix B).</summary>
    /// <param name="mean">μ, [N, ...].</param>
    /// <param name="logVariance">log σ², the shape of <paramref name="mean"/>.</param>
    public static Tensor FromStandard(Tensor mean, Tensor logVariance) =>
        logVariance.add(One, One).sub(mean.mul(mean)).sub(logVariance.exp()).flatten(1).sum(1).mul(MinusHalf);
}
