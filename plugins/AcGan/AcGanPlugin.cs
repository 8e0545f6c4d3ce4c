namespace PluginGan.Plugins.AcGan;

/// <summary>The GAN whose discriminator classifies.</summary>
public sealed class AcGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Objective<AcGanOptions>(
        new ComponentInfo("ac-gan", "A conditional generator against a discriminator that also says the class; needs the head 'features'.")
        {
            Conditions = [ConditionKind.Classes],
            RequiredRoles = [Roles.Generator, Roles.Discriminator],
            Requires = [Capabilities.ClassCondition, Capabilities.SampleFeatures],
            UsualLoss = "non-saturating",
            Source = "arXiv:1610.09585",
        },
        (options, model, context) => new AcGanObjective(options, model, context.Data!));
}
