using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan;

/// <summary>What an encoder says of the latents of a batch: a normal distribution with independent values for each sample, or points. In mixed precision what comes in as 16-bit is raised to float32.</summary>
/// <param name="Mean">The means, shaped as the model's latents: [N, Size], or [N, Length, Size].</param>
/// <param name="LogVariance">The logarithms of the variances, the shape of <paramref name="Mean"/>; null where the encoder is deterministic.</param>
public sealed record LatentEncoding(Tensor Mean, Tensor? LogVariance = null)
{
    /// <summary>The means, shaped as the model's latents.</summary>
    public Tensor Mean { get; init; } = SinglePrecision.AtLeast(Mean);

    /// <summary>The logarithms of the variances, or null.</summary>
    public Tensor? LogVariance { get; init; } = LogVariance is null ? null : SinglePrecision.AtLeast(LogVariance);

    /// <summary>
    /// Draws a latent for each sample so that gradients reach mean and variance: mean + exp(½ log σ²) · ε with ε ~ N(0, 1) from <see
    /// cref="Draws"/> (the reparameterisation of
    /// arXiv:1312.6114, section 2.4). The mean itself where the encoder is deterministic.
    /// </summary>
    public Tensor Draw() => LogVariance is null ? Mean : Mean.addcmul(LogVariance.mul(Scalars.Half).exp(), Draws.NormalLike(Mean), One);
}
