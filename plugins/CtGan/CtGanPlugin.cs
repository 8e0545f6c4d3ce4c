namespace PluginGan.Plugins.CtGan;

/// <summary>The conditional GAN for tables of continuous and categorical columns (CTGAN).</summary>
public sealed class CtGanPlugin : IGanPlugin
{
    private const string EncodedRows = "a generator of encoded rows";
    private const string RowGame = "a game on encoded rows";
    private const string Paper = "arXiv:1907.00503";

    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Architecture<CtGanOptions>(
            new("ctgan", "A generator of table rows: continuous columns by modes, categorical ones by Gumbel-softmax; its critic sees several rows at once. Trained by the objective ctgan.")
            {
                Samples = [SampleKind.Table],
                ProvidedRoles = [Roles.Generator, Roles.Discriminator],
                Provides = [Capabilities.Latent, EncodedRows],
                Requires = [RowGame],
                Source = Paper,
            },
            (options, spec, _) => new CtGanModel(options, spec));
        components.Objective<CtGanObjectiveOptions>(
            new("ctgan", "Wasserstein game with gradient penalty on encoded rows; the generator is held to the category it was asked for. Plays with the architecture ctgan.")
            {
                Samples = [SampleKind.Table],
                RequiredRoles = [Roles.Generator, Roles.Discriminator],
                Provides = [RowGame],
                Requires = [EncodedRows],
                UsualLoss = "wasserstein",
                Source = Paper,
            },
            (options, model, context) => new CtGanObjective(options, model, context.Data));
    }
}
