namespace PluginGan.Plugins.AnoGan;

/// <summary>Detection of anomalies by a GAN that knows normal samples only.</summary>
public sealed class AnoGanPlugin : IGanPlugin
{
    private const string Paper = "doi:10.1016/j.media.2019.01.010";

    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Objective<FAnoGanOptions>(
            new ComponentInfo("f-anogan", "A GAN with gradient penalty, then an encoder for its frozen networks: samples that are reconstructed badly are anomalies; needs the head 'features'.")
            {
                RequiredRoles = [Roles.Generator, Roles.Discriminator, Roles.Encoder],
                Requires = [Capabilities.Unconditional, Capabilities.SampleFeatures],
                UsualLoss = "wasserstein",
                Source = Paper,
            },
            (options, model, _) => new FAnoGanObjective(options, model));
        components.Evaluator<AnomalyOptions>(
            new ComponentInfo("anomaly-auroc", "How well samples of other classes are told from those of normal ones by what encoder and generator lose of them.")
            {
                Conditions = [ConditionKind.Classes],
                RequiredRoles = [Roles.Generator, Roles.Discriminator, Roles.Encoder],
                Requires = [Capabilities.Unconditional, Capabilities.SampleFeatures],
                Source = Paper,
            },
            (options, context) => new AnomalyAuroc(options, context.Data?.Condition as ClassCondition));
    }
}
