namespace PluginGan.Plugins.InfoGan;

/// <summary>The GAN whose latents come to mean something.</summary>
public sealed class InfoGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Objective<InfoGanOptions>(
        new ComponentInfo("infogan", "Samples are to tell the categorical and continuous codes that they were made from; needs the head 'features' and codes in the latent.")
        {
            RequiredRoles = [Roles.Generator, Roles.Discriminator],
            Requires = [Capabilities.Codes, Capabilities.Noise, Capabilities.Features],
            UsualLoss = "non-saturating",
            Source = "arXiv:1606.03657",
        },
        (options, model, context) => new InfoGanObjective(options, model, context.Data!));
}
