namespace PluginGan;

/// <summary>
/// The usual names of what one component of a recipe offers to another (<see cref="ComponentInfo.Provides"/>,
/// <see cref="ComponentInfo.Requires"/>). A name stands in messages as it is: "objective 'infogan' needs codes in the latent".
/// What concerns the components of one plugin alone has a name of that plugin's own.
/// </summary>
public static class Capabilities
{
    /// <summary>Samples are made from a latent, not from their condition alone.</summary>
    public const string Latent = "a latent";

    /// <summary>The latent is standard normal and nothing else.</summary>
    public const string NormalLatent = "a latent of normal values alone";

    /// <summary>The latent has codes: categories, or uniform values.</summary>
    public const string Codes = "codes in the latent";

    /// <summary>No other part of the latent can be taken for a code.</summary>
    public const string Noise = "a latent without uniform noise";

    /// <summary>The model is an <see cref="IStyled"/>.</summary>
    public const string Styles = "a generator by styles";

    /// <summary>The generator is given the class, so that it can be asked for one.</summary>
    public const string ClassCondition = "a generator that is given the class";

    /// <summary>The model is given nothing beside latents and samples.</summary>
    public const string Unconditional = "a model without a condition";

    /// <summary>The discriminator's verdict has the head <c>features</c>, [N, F].</summary>
    public const string Features = "the discriminator's head 'features'";

    /// <summary>That head depends on the sample alone, whatever is given with it.</summary>
    public const string SampleFeatures = "discriminator features of the sample alone";

    /// <summary>The discriminator judges pairs of sample and latent, the latent in the place of a condition.</summary>
    public const string PairDiscriminator = "a discriminator of pairs of sample and latent";

    /// <summary>The game asks the discriminator for pairs of sample and latent.</summary>
    public const string PairGame = "a game of pairs of sample and latent";

    /// <summary>The game has more than one discriminator: what remembers verdicts would mix those of all.</summary>
    public const string SeveralDiscriminators = "several discriminators";

    /// <summary>The encoder gives a variance beside its mean.</summary>
    public const string EncoderVariance = "an encoder that gives a variance";

    /// <summary>The loss has a <see cref="AdversarialLoss.NeutralLogit"/>.</summary>
    public const string NeutralLogit = "a loss whose logits say how sure the discriminator is";
}
