namespace PluginGan.Plugins.CycleGan;

/// <summary>Translation of images between two domains without pairs: four networks, the game that they play, and how well one translation undoes the other.</summary>
public sealed class CycleGanPlugin : IGanPlugin
{
    private const string CycleGame = "a game in both directions";

    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Architecture<CycleGanOptions>(
            new ComponentInfo("cyclegan", "A residual generator and a discriminator of patches for each direction; for the objective 'cyclegan'.")
            {
                Samples = [SampleKind.Image],
                Conditions = [ConditionKind.Sample],
                ProvidedRoles = [Roles.Generator, Roles.Discriminator, TranslationRoles.InverseGenerator, TranslationRoles.InverseDiscriminator],
                Requires = [CycleGame],
                Source = "arXiv:1703.10593",
            },
            (options, spec, _) => new CycleGanModel(options, spec));

        components.Objective<CycleGanObjectiveOptions>(
            new ComponentInfo("cyclegan", "A game in each direction, and what is translated to and fro must be what it was.")
            {
                Conditions = [ConditionKind.Sample],
                RequiredRoles = [Roles.Generator, Roles.Discriminator, TranslationRoles.InverseGenerator, TranslationRoles.InverseDiscriminator],
                Provides = [CycleGame, Capabilities.SeveralDiscriminators],
                UsualLoss = "least-squares",
                Source = "arXiv:1703.10593",
            },
            (options, model, context) => new CycleGanObjective(options, model, context.Data!));

        components.Evaluator<CycleErrorOptions>(
            new ComponentInfo("cycle-error", "How far a source is from itself, translated to and fro.")
            {
                Conditions = [ConditionKind.Sample],
                RequiredRoles = [TranslationRoles.InverseGenerator],
                Source = "arXiv:1703.10593",
            },
            (_, _) => new CycleError());
    }
}
