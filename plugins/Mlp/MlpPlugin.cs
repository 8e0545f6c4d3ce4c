namespace PluginGan.Plugins.Mlp;

/// <summary>Fully connected networks, as the literature on mixtures and the first GANs use them.</summary>
public sealed class MlpPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<MlpOptions>(
        new ComponentInfo("mlp", "Fully connected networks of any widths, with batch norm and maxout if asked for, for points and small images.")
        {
            Samples = [SampleKind.Vector, SampleKind.Image],
            Conditions = [ConditionKind.None, ConditionKind.Classes],
            ProvidedRoles = [Roles.Generator, Roles.Discriminator],
            Source = "arXiv:1406.2661",
        },
        (options, spec, _) => new MlpModel(options, spec));
}
