namespace PluginGan;

/// <summary>The two sides of an adversarial game.</summary>
public enum Side
{
    /// <summary>The discriminator, which tells real samples from generated ones.</summary>
    Discriminator,

    /// <summary>The generator, with what learns beside it.</summary>
    Generator,
}
