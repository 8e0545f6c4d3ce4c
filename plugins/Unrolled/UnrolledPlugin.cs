namespace PluginGan.Plugins.Unrolled;

/// <summary>The GAN whose generator looks ahead.</summary>
public sealed class UnrolledPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Objective<UnrolledOptions>(
        new ComponentInfo("unrolled", "The generator is trained against the discriminator as it will be some steps ahead (to first order), against mode collapse.")
        {
            RequiredRoles = [Roles.Generator, Roles.Discriminator],
            UsualLoss = "non-saturating",
            Source = "arXiv:1611.02163",
        },
        (options, model, _) => new UnrolledObjective(options, model));
}
