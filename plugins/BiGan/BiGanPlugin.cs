namespace PluginGan.Plugins.BiGan;

/// <summary>The GAN that learns the way back to the latents.</summary>
public sealed class BiGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Objective<NoOptions>(
        new ComponentInfo("bigan", "Generator and encoder against a discriminator of pairs of sample and latent.")
        {
            RequiredRoles = [Roles.Generator, Roles.Encoder, Roles.Discriminator],
            Requires = [Capabilities.PairDiscriminator, Capabilities.Unconditional],
            Provides = [Capabilities.PairGame],
            UsualLoss = "non-saturating",
            Source = "arXiv:1605.09782",
        },
        (_, model, context) => new BiGanObjective(model, context.Data!));
}
