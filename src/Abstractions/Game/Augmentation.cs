using static TorchSharp.torch;

namespace PluginGan;

/// <summary>A differentiable change of samples, applied alike to real and generated ones before the discriminator (arXiv:2006.10738, arXiv:2006.06676).</summary>
public abstract class Augmentation : Component
{
    /// <summary>Changes a batch. What it draws comes from <see cref="Draws"/>, in a scope that the host has opened.</summary>
    /// <param name="samples">[N, ...] in the range of the sample spec.</param>
    /// <param name="strength">A scalar tensor in [0, 1]: the probability or magnitude; 0 changes nothing.</param>
    /// <returns>The shape of <paramref name="samples"/>, differentiable by them.</returns>
    public abstract Tensor Apply(Tensor samples, Tensor strength);

    /// <summary>Whether it needs <see cref="Observe"/>. The host refuses it where the loss has no <see cref="AdversarialLoss.NeutralLogit"/>.</summary>
    public virtual bool Adapts => false;

    /// <summary>
    /// Sees the verdict on real samples after each backward pass of a phase that trains the discriminator, without gradients, for adaptive strength kept in <see cref="Component.State"/>. Its logits
    /// are 0 where the discriminator cannot tell.
    /// </summary>
    public virtual void Observe(DiscriminatorOutput real)
    {
    }
}
