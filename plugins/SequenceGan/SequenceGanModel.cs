using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.SequenceGan;

/// <summary>
/// Convolutions along sequences of symbols (as the character model of arXiv:1704.00028, section 5.4), whose symbols are drawn by Gumbel-softmax (arXiv:1611.04051, arXiv:1611.01144): gradients
/// reach the generator through the draw, so that any adversarial loss and regulariser will do. The temperature falls with the run. Outside training, symbols are drawn one-hot.
/// </summary>
internal sealed class SequenceGanModel : GanModel
{
    private const int Reach = 5;
    private const double Slope = 0.2;

    private readonly SequenceGanOptions options;
    private readonly GumbelSoftmax draw;
    private readonly Module<Tensor, Tensor> generator;
    private readonly Module<Tensor, Tensor> discriminator;

    /// <exception cref="ComponentException">The samples are no sequences.</exception>
    public SequenceGanModel(SequenceGanOptions options, ModelSpec spec)
    {
        if (spec.Data.Sample is not SequenceSpec sequence)
            throw new ComponentException($"sequence-gan makes sequences of symbols, but the data is {spec.Data.Sample}");
        this.options = options;
        draw = new GumbelSoftmax(options.Temperature);
        Latent = LatentSpec.Normal(options.Latent);
        generator = Generator(options, sequence);
        discriminator = Discriminator(options, sequence, spec.Pack);
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; }

    /// <summary>The temperature at which symbols are drawn now.</summary>
    public double Temperature => draw.Temperature;

    /// <inheritdoc/>
    public override void Advance(double progress) => draw.Cool(options.Temperature * Math.Pow(options.FinalTemperature / options.Temperature, progress));

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) =>
        draw.Draw(Logits(latent), 2, straightThrough: options.StraightThrough || !generator.training);

    /// <inheritdoc/>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(discriminator.call(samples.transpose(1, 2)).squeeze(1));

    /// <summary>The logits of the symbols, [N, Length, symbols].</summary>
    public Tensor Logits(Tensor latent) => generator.call(latent).transpose(1, 2);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        draw.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Latent [N, L] to [N, symbols, Length].</summary>
    private static Module<Tensor, Tensor> Generator(SequenceGanOptions options, SequenceSpec sequence)
    {
        var layers = Sequential(("project", Linear(options.Latent, options.Width * (long)sequence.Length)), ("unflatten", Unflatten(1, [options.Width, sequence.Length])));
        for (var layer = 0; layer < options.Layers; layer++)
        {
            layers.append($"norm{layer}", BatchNorm1d(options.Width));
            layers.append($"activation{layer}", ReLU());
            layers.append($"convolution{layer}", Conv1d(options.Width, layer == options.Layers - 1 ? sequence.Alphabet.Count : options.Width, Reach, padding: Reach / 2));
        }
        return layers;
    }

    /// <summary>One-hot symbols [N, symbols, Length], of P sequences one after the other, to logits [N, 1].</summary>
    private static Module<Tensor, Tensor> Discriminator(SequenceGanOptions options, SequenceSpec sequence, int pack)
    {
        var layers = Sequential();
        for (var layer = 0; layer < options.Layers; layer++)
        {
            layers.append($"convolution{layer}", Conv1d(layer == 0 ? sequence.Alphabet.Count : options.Width, options.Width, Reach, padding: Reach / 2));
            layers.append($"activation{layer}", new LeakyRelu(Slope));
        }
        layers.append("flatten", Flatten());
        layers.append("verdict", Linear(options.Width * (long)sequence.Length * pack, 1));
        return layers;
    }
}
