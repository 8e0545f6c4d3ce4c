using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>
/// Dropout (arXiv:1207.0580): while training each value is 0 with a probability of p, and the others are divided by 1 - p. What is left out
/// of a sample follows from its row (<see cref="Draws"/>), where TorchSharp's layer would look at the whole batch.
/// </summary>
public sealed class SampleDropout : nn.Module<Tensor, Tensor>
{
    private readonly Scalar probability;
    private readonly Scalar factor;

    /// <param name="probability">p, at least 0 and below 1.</param>
    public SampleDropout(double probability)
        : base(nameof(SampleDropout))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        (this.probability, factor) = (probability, 1 / (1 - probability));
        RegisterComponents();
    }

    /// <summary>[N, ...] to the same shape.</summary>
    public override Tensor forward(Tensor samples) => training
        ? samples.mul(Draws.Uniform(samples.shape[0], samples.shape[1..], samples.device).ge(probability).to(samples.dtype)).mul(factor)
        // Not the tensor itself: a sequence of layers disposes what it hands from one to the next.
        : samples.alias();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            probability.Dispose();
            factor.Dispose();
        }
        base.Dispose(disposing);
    }
}
