namespace PluginGan.Plugins.VaeGan;

/// <summary>An autoencoder whose likeness a discriminator learns.</summary>
public sealed class VaeGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Objective<VaeGanOptions>(
        new ComponentInfo("vae-gan", "A variational autoencoder against a discriminator, whose features say how alike a reconstruction is; needs the head 'features'.")
        {
            RequiredRoles = [Roles.Encoder, Roles.Generator, Roles.Discriminator],
            Requires = [Capabilities.NormalLatent, Capabilities.EncoderVariance, Capabilities.Features],
            UsualLoss = "non-saturating",
            Source = "arXiv:1512.09300",
        },
        (options, model, _) => new VaeGanObjective(options, model));
}
