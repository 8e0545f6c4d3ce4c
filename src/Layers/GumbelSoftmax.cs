using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>
/// Draws one of several categories so that gradients reach their logits: softmax((logits + g) / τ) with g ~ Gumbel(0, 1) (arXiv:1611.01144, arXiv:1611.00712). The lower the
/// temperature τ, the nearer the draw is to one-hot and the larger the variance of the gradient. Noise comes from <see cref="Draws"/>; the
/// first dimension is that of the samples.
/// </summary>
public sealed class GumbelSoftmax : IDisposable
{
    // Live as long as the process. A uniform value may be 0, and its logarithm must stay finite: half of the smallest other one.
    private static readonly Scalar Least = 1.0 / (1 << 25);

    private Scalar inverse;

    /// <param name="temperature">τ, above 0.</param>
    public GumbelSoftmax(double temperature)
    {
        Temperature = temperature;
        inverse = 1 / temperature;
    }

    /// <summary>τ, above 0.</summary>
    public double Temperature { get; private set; }

    /// <summary>Changes τ: annealing. Not while a pass is running.</summary>
    public void Cool(double temperature)
    {
        if (temperature == Temperature)
            return;
        inverse.Dispose();
        (Temperature, inverse) = (temperature, 1 / temperature);
    }

    /// <summary>Draws along one dimension.</summary>
    /// <param name="logits">[..., K, ...]; a category at -1e9 is as good as never drawn.</param>
    /// <param name="dimension">The dimension of the categories.</param>
    /// <param name="straightThrough">Whether the draw is one-hot, with the gradient of the soft one (the straight-through estimator).</param>
    /// <returns>The shape of <paramref name="logits"/>: probabilities, or one-hot.</returns>
    public Tensor Draw(Tensor logits, long dimension, bool straightThrough = false)
    {
        var soft = logits.add(Noise(logits), One).mul(inverse).softmax(dimension);
        return straightThrough ? Hard(soft, dimension).sub(soft.detach()).add(soft, One) : soft;
    }

    /// <summary>Independent values from Gumbel(0, 1), without gradient, of the shape of <paramref name="like"/>: the largest of logits plus these is a draw by their softmax.</summary>
    // In float32: a 16-bit type would round the largest uniform values to 1.
    public static Tensor Noise(Tensor like) => Draws.Uniform(like.shape[0], like.shape[1..], like.device).clamp_min_(Least).log_().neg_().log_().neg_().to(like.dtype);

    /// <summary>One-hot at the largest value along a dimension, in the type of <paramref name="values"/>.</summary>
    public static Tensor Hard(Tensor values, long dimension) => zeros_like(values).scatter_(dimension, values.argmax(dimension, keepdim: true), ones_like(values));

    /// <inheritdoc/>
    public void Dispose() => inverse.Dispose();
}
