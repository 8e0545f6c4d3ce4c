using TorchSharp;

namespace PluginGan;

/// <summary>What one discriminator of a game tells apart: real samples and generated ones. Most games have one pair, CycleGAN has one for each direction.</summary>
public sealed class Pair
{
    private readonly Lazy<Candidates> real, fake;

    /// <summary>A pair of samples that are at hand.</summary>
    /// <param name="real">What is real.</param>
    /// <param name="fake">What is generated, with its gradient where the phase trains what made it.</param>
    /// <param name="judge">The discriminator.</param>
    public Pair(Candidates real, Candidates fake, Judge judge)
        : this(() => real, () => fake, judge)
    {
    }

    /// <summary>A pair of samples that are made when they are first asked for.</summary>
    /// <param name="real">Gives what is real.</param>
    /// <param name="fake">Gives what is generated, with its gradient where the phase trains what made it.</param>
    /// <param name="judge">The discriminator.</param>
    public Pair(Func<Candidates> real, Func<Candidates> fake, Judge judge) =>
        (this.real, this.fake, Judge) = (new(real, isThreadSafe: false), new(fake, isThreadSafe: false), judge);

    /// <summary>What its scalars are called by (<c>d/source/real</c>), unique among the pairs of a game; empty for the first.</summary>
    public string Name { get; init; } = "";

    /// <summary>The weight of its loss beside those of other pairs; null for 1. Penalties are weighted by the recipe.</summary>
    public Scalar? Weight { get; init; }

    /// <summary>
    /// Whether the real side comes from networks that learn with the generator, as the latents of an encoder do (BiGAN). They all minimise <see cref="AdversarialLoss.GeneratorAndEncoder"/> then,
    /// since the generator's own loss has no gradient for the real side.
    /// </summary>
    public bool RealIsLearned { get; init; }

    /// <summary>The real samples.</summary>
    public Candidates Real => real.Value;

    /// <summary>The generated samples.</summary>
    public Candidates Fake => fake.Value;

    /// <summary>The discriminator.</summary>
    public Judge Judge { get; }
}
