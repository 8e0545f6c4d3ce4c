namespace PluginGan;

/// <summary>The usual names of what a discriminator says beside its logits (<see cref="DiscriminatorOutput.Heads"/>).</summary>
public static class Heads
{
    /// <summary>What its verdict on each sample is made from, [N, F]: compared by feature matching, classified by AC-GAN, measured for diversity.</summary>
    public const string Features = "features";
}
