using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// The simple case of a game: what discriminator and generator minimise, given the verdicts on a real and a generated batch.
/// A pure function; regularisers are added by the host.
/// </summary>
public abstract class AdversarialLoss : Component
{
    /// <summary>True where <see cref="Generator"/> looks at the real batch too (relativistic losses); it is computed only then.</summary>
    public virtual bool GeneratorSeesReal => false;

    /// <summary>
    /// The logit of a discriminator that cannot tell a sample: 0 where logits are those of a probability. Null where only differences between logits count, as for a Wasserstein critic; augmentations
    /// can then not adapt to the verdict (<see cref="Augmentation.Adapts"/>).
    /// </summary>
    public virtual double? NeutralLogit => 0;

    /// <summary>What the discriminator minimises.</summary>
    /// <param name="real">The verdict on real samples.</param>
    /// <param name="fake">The verdict on generated samples, which carry no gradient to the generator here.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake);

    /// <summary>What the generator minimises.</summary>
    /// <param name="real">The verdict on real samples, or null unless <see cref="GeneratorSeesReal"/>.</param>
    /// <param name="fake">The verdict on generated samples.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake);

    /// <summary>
    /// What the generator and the networks of the real side minimise together where that side is learned too (<see cref="Pair.RealIsLearned"/>): by default what the discriminator minimises, with the labels
    /// exchanged. A loss whose gradient would vanish there (hinge), or that treats real samples in a way of their own (label smoothing), has another.
    /// </summary>
    /// <param name="real">The verdict on the real side, with the gradient of the networks that make it.</param>
    /// <param name="fake">The verdict on generated samples.</param>
    /// <returns>A scalar.</returns>
    public virtual Tensor GeneratorAndEncoder(DiscriminatorOutput real, DiscriminatorOutput fake) => Discriminator(fake, real);
}
