using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// The networks of a run and how they are used. A model is written for the CPU and knows nothing of devices, optimisers or
/// training; the host moves, freezes, averages and checkpoints its networks.
/// </summary>
public abstract class GanModel : Component
{
    private static readonly string[] GeneratingRoles = [Roles.Generator, Roles.Mapping];

    /// <summary>The networks by role (see <see cref="Roles"/>). No two share a parameter: the host refuses that.</summary>
    public abstract IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <summary>What samples are generated from.</summary>
    public abstract LatentSpec Latent { get; }

    /// <summary>What <see cref="Generate"/> and <see cref="Discriminate"/> are conditioned on; none unless overridden.</summary>
    public virtual ConditionSpec Condition => ConditionSpec.None;

    /// <summary>
    /// The networks that <see cref="Generate"/> calls: those are averaged (EMA) and exported. By default the generator and mapping that exist.
    /// </summary>
    public virtual IReadOnlyList<string> Generates => [.. GeneratingRoles.Where(Networks.ContainsKey)];

    /// <summary>
    /// Makes samples. The one way to sample, for every kind of model. A sample may depend on its latent, its condition and what is drawn
    /// for its row (<see cref="Draws"/>), not on how many others there are.
    /// </summary>
    /// <param name="latent">As <see cref="Latent"/> says, [N, Size].</param>
    /// <param name="condition">As <see cref="Condition"/> says, first dimension N; null without one.</param>
    /// <returns>[N, ...] in the range of the sample spec.</returns>
    public abstract Tensor Generate(Tensor latent, Tensor? condition);

    /// <summary>Judges samples. Needed by every adversarial loss.</summary>
    /// <param name="samples">[N, ...], real or generated; packed along the first sample dimension where the run packs.</param>
    /// <param name="condition">The condition of each sample, or null.</param>
    public virtual DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) =>
        throw new ComponentException("this model has no discriminator, which losses, penalties and saliency maps need; choose an architecture that has one");

    /// <summary>Finds latents for samples: the way back from <see cref="Generate"/>. Needed by objectives and measures that ask for an encoder.</summary>
    /// <param name="samples">[N, ...] in the range of the sample spec.</param>
    /// <param name="condition">The condition of each sample, or null.</param>
    public virtual LatentEncoding Encode(Tensor samples, Tensor? condition) =>
        throw new ComponentException($"{GetType().Name} has no encoder, which this objective or measure needs");

    /// <summary>Adapts the networks to the progress of the run: growing, temperature. Called before each iteration and before sampling and evaluating.</summary>
    /// <param name="progress">0 at the start, 1 at the end.</param>
    public virtual void Advance(double progress)
    {
    }
}
