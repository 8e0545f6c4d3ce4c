using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.TimeGan;

/// <summary>
/// TimeGAN (Yoon, Jarrett, van der Schaar, "Time-series Generative Adversarial Networks", NeurIPS 2019). Embedder and recovery go from series [N, T, C] to embeddings [N, T, W] and back; the generator makes
/// embeddings from latents, the supervisor tells the next embedding from those so far, and the discriminator judges embeddings at each step. Series are scaled to [0, 1] by what each channel spans in
/// the training data.
/// </summary>
internal sealed class TimeGanModel : GanModel
{
    /// <summary>Embeds series: its role.</summary>
    public const string Embedder = "embedder";

    /// <summary>Makes series of embeddings: its role.</summary>
    public const string Recovery = "recovery";

    /// <summary>Predicts embeddings: its role.</summary>
    public const string Supervisor = "supervisor";

    private readonly Recurrent embedder, recovery, generator, supervisor, discriminator;
    private readonly Span span;
    private readonly long constant;

    /// <exception cref="ComponentException">The samples are no time series, or several are to be judged at once.</exception>
    public TimeGanModel(TimeGanOptions options, ModelSpec spec)
    {
        if (spec.Data.Sample is not SeriesSpec series)
            throw new ComponentException($"timegan makes time series, but the data is {spec.Data.Sample}");
        if (series.Length < 2)
            throw new ComponentException("timegan learns how a series goes on, but the series of the data have one time step; choose a greater 'length'");
        if (spec.Pack != 1)
            throw new ComponentException("timegan judges each series by itself: set 'training.pack' to 1");
        var (channels, width, layers) = (series.Channels, options.Width, options.Layers);
        var latent = options.Latent == 0 ? channels : options.Latent;
        if (options.Static > latent)
            throw new ComponentException($"the option 'static' of timegan is {options.Static}, but a time step is made from {latent} values; raise 'latent' to {options.Static} at least");
        constant = options.Static;
        Latent = new LatentSpec([new UniformPart(latent)]) { Length = series.Length };
        span = new Span(channels);
        embedder = new Recurrent(channels, width, layers, width);
        recovery = new Recurrent(width, width, layers, channels);
        generator = new Recurrent(latent, width, layers, width);
        supervisor = new Recurrent(width, width, Math.Max(1, layers - 1), width);
        discriminator = new Recurrent(width, width, layers, 1, bounded: false);
        Networks = new Dictionary<string, nn.Module>
        {
            [Embedder] = embedder,
            [Recovery] = recovery,
            [Roles.Generator] = generator,
            [Supervisor] = supervisor,
            [Roles.Discriminator] = discriminator,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Generates => [Roles.Generator, Supervisor, Recovery];

    /// <inheritdoc/>
    public override nn.Module State => span;

    /// <inheritdoc/>
    public override void Learn(Dataset data) => span.Learn(data);

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) => span.Restore(Recover(Predict(Imagine(latent))));

    /// <summary>Judges series at each step, [N, T], through their embeddings.</summary>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(Judge(Embed(Scaled(samples))));

    /// <summary>Series [N, T, C] in [0, 1].</summary>
    public Tensor Scaled(Tensor series) => span.Scale(series);

    /// <summary>Scaled series [N, T, C] to embeddings [N, T, W].</summary>
    public Tensor Embed(Tensor scaled) => embedder.call(scaled);

    /// <summary>Embeddings [N, T, W] to scaled series [N, T, C].</summary>
    public Tensor Recover(Tensor embeddings) => recovery.call(embeddings);

    /// <summary>Latents [N, T, L], uniform in [-1, 1), to embeddings; the network is given values in [0, 1), as scaled series are. What is drawn once for a series is what its first step holds.</summary>
    public Tensor Imagine(Tensor latent)
    {
        var held = latent.narrow(1, 0, 1).narrow(2, 0, constant).expand(-1, latent.shape[1], -1);
        return generator.call(cat([held, latent.narrow(2, constant, latent.shape[2] - constant)], 2).mul(Scalars.Half).add(Scalars.Half, One));
    }

    /// <summary>At each step of embeddings [N, T, W], what the next one will be.</summary>
    public Tensor Predict(Tensor embeddings) => supervisor.call(embeddings);

    /// <summary>The verdict on each step of embeddings, [N, T].</summary>
    public Tensor Judge(Tensor embeddings) => discriminator.call(embeddings).squeeze(2);
}
