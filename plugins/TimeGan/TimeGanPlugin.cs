namespace PluginGan.Plugins.TimeGan;

/// <summary>The GAN for time series that plays in the space of a learnt embedding (TimeGAN).</summary>
public sealed class TimeGanPlugin : IGanPlugin
{
    private const string EmbeddedGame = "a game within an embedding";
    private const string Paper = "NeurIPS 2019, Yoon, Jarrett, van der Schaar";

    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Architecture<TimeGanOptions>(
            new("timegan", "Five recurrent networks for time series: embedder, recovery, generator, supervisor, discriminator. Trained by the objective timegan.")
            {
                Samples = [SampleKind.Series],
                ProvidedRoles = [Roles.Generator, Roles.Discriminator, TimeGanModel.Embedder, TimeGanModel.Recovery, TimeGanModel.Supervisor],
                Provides = [Capabilities.Latent],
                Requires = [EmbeddedGame],
                Source = Paper,
            },
            (options, spec, _) => new TimeGanModel(options, spec));
        components.Objective<TimeGanObjectiveOptions>(
            new("timegan", "Three stages: embedding, supervising, and the game of all networks. Plays with the architecture timegan.")
            {
                Samples = [SampleKind.Series],
                RequiredRoles = [Roles.Generator, Roles.Discriminator, TimeGanModel.Embedder, TimeGanModel.Recovery, TimeGanModel.Supervisor],
                Provides = [EmbeddedGame],
                Source = Paper,
            },
            (options, model, _) => new TimeGanObjective(options, model));
    }
}
