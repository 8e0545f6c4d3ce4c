namespace PluginGan;

/// <summary>
/// The usual names of networks. A role fixes what the network is called with, so that an objective can rely on it. N is the batch.
/// <list type="table">
/// <listheader><term>role</term><description>forward</description></listheader>
/// <item><term>generator</term><description>latent [N, L] (and condition) to samples [N, ...]</description></item>
/// <item><term>discriminator</term><description>samples [N, ...] (and condition) to logits [N]</description></item>
/// <item><term>mapping</term><description>latent [N, L] to style [N, W]</description></item>
/// <item><term>encoder</term><description>samples [N, ...] (and condition) to the parameters of a latent, as <see cref="GanModel.Encode"/> reads them; the decoder beside it is the generator</description></item>
/// </list>
/// </summary>
public static class Roles
{
    /// <summary>Makes samples from latents; the decoder of an autoencoder has this role too.</summary>
    public const string Generator = "generator";

    /// <summary>Tells real from generated; a Wasserstein critic has this role too.</summary>
    public const string Discriminator = "discriminator";

    /// <summary>Turns latents into styles before the generator: [N, L] to [N, W], or [N, layers, W] where each layer of the generator has a style of its own.</summary>
    public const string Mapping = "mapping";

    /// <summary>Turns samples into latents.</summary>
    public const string Encoder = "encoder";
}
