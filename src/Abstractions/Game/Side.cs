namespace PluginGan;

/// <summary>The two sides of an adversarial game.</summary>
public enum Side
{
    /// <summary>Who tells real samples from generated ones.</summary>
    Discriminator,

    /// <summary>Who makes samples that pass for real.</summary>
    Generator,
}
