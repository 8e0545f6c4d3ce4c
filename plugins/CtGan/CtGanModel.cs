using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CtGan;

/// <summary>
/// CTGAN (Xu, Skoularidou, Cuesta-Infante, Veeramachaneni, arXiv:1907.00503). Its networks work on encoded rows (<see cref="TableEncoding"/>), so that its own objective trains it; what it
/// generates are rows of the table. Which category a row is asked for is drawn within, as often as it stands in the training data.
/// </summary>
internal sealed class CtGanModel : GanModel
{
    private static readonly TorchSharp.Scalar One = 1.0;

    private readonly Generator generator;
    private readonly Critic critic;
    private readonly GumbelSoftmax draw;
    private readonly int pack;

    /// <exception cref="ComponentException">The samples are no rows of a table, or a layer has no width.</exception>
    public CtGanModel(CtGanOptions options, ModelSpec spec)
    {
        if (spec.Data.Sample is not TableSpec table)
            throw new ComponentException($"ctgan makes rows of tables, but the data is {spec.Data.Sample}");
        if (options.GeneratorWidths.Concat(options.CriticWidths).Any(width => width < 1))
            throw new ComponentException("the options 'generatorWidths' and 'criticWidths' of ctgan hold the widths of layers, each at least 1");
        pack = options.Pack;
        draw = new GumbelSoftmax(options.Temperature);
        Encoding = new TableEncoding(table, options.Modes);
        Latent = LatentSpec.Normal(options.Latent);
        generator = new Generator(options.Latent + Encoding.Categories, options.GeneratorWidths, Encoding.Width);
        critic = new Critic(pack * (Encoding.Width + Encoding.Categories), options.CriticWidths, options.Dropout);
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = critic };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; }

    /// <inheritdoc/>
    public override nn.Module State => Encoding;

    /// <summary>Rows as the networks see them.</summary>
    public TableEncoding Encoding { get; }

    /// <inheritdoc/>
    public override void Learn(Dataset data)
    {
        using var all = data.Read([.. Enumerable.Range(0, checked((int)data.Count)).Select(row => (long)row)], 0);
        Encoding.Learn(all.Samples);
    }

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) =>
        Encoding.Decode(Activate(Produce(latent, Encoding.DrawCondition(latent.shape[0]))).to(ScalarType.Float32));

    /// <summary>Refuses: what its critic judges are packs of encoded rows, which the objective makes.</summary>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) =>
        throw new ComponentException("the critic of ctgan judges packs of encoded rows, which only the objective 'ctgan' makes, and not rows of the table; "
            + "to train it, name that objective in the recipe");

    /// <summary>The generator's outputs before their activations, [N, Width].</summary>
    /// <param name="latent">[N, L].</param>
    /// <param name="condition">One-hot [N, T], or null without categorical columns.</param>
    public Tensor Produce(Tensor latent, Tensor? condition) => generator.call(condition is null ? latent : cat([latent, condition], 1));

    /// <summary>Encoded rows of the generator's outputs [N, Width]: positions by tanh, modes and categories by Gumbel-softmax.</summary>
    public Tensor Activate(Tensor outputs)
    {
        var (positions, modes, categories) = Encoding.Split(outputs);
        return cat([positions.tanh(), draw.Draw(modes.add(Encoding.AbsentModes, One), 2).flatten(1), .. categories.Select(logits => draw.Draw(logits, 1))], 1);
    }

    /// <summary>Rows [N, Width] with their conditions [N, T] as the critic sees them, [N / pack, pack · (Width + T)].</summary>
    /// <exception cref="ComponentException">N is no multiple of the pack.</exception>
    public Tensor Pack(Tensor encoded, Tensor? condition) => encoded.shape[0] % pack == 0
        ? (condition is null ? encoded : cat([encoded, condition], 1)).reshape(encoded.shape[0] / pack, -1)
        : throw new ComponentException($"{encoded.shape[0]} rows cannot be judged in packs of {pack}: choose 'training.batch' as a multiple of 'pack' of ctgan (and of 'training.accumulate')");

    /// <summary>The critic's logits [N] of packed rows, greater meaning more real.</summary>
    public Tensor Judge(Tensor packed) => critic.call(packed);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        draw.Dispose();
        base.Dispose(disposing);
    }
}
