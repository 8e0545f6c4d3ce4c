using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.Mlp;

/// <summary>Samples [N, P·D, ...], P packed together, and, where there are classes, the class of each sample [N·P] (int64) to logits [N].</summary>
internal sealed class Discriminator : Module<Tensor, Tensor?, Tensor>
{
    private readonly int classCount;
    private readonly FourierFeatures? fourier;
    private readonly Sequential hidden;
    private readonly Linear verdict;

    public Discriminator(SampleSpec sample, int pack, int classCount, MlpOptions options)
        : base(nameof(Discriminator))
    {
        this.classCount = classCount;
        var size = sample.Shape.Aggregate(1, (size, side) => checked((int)(size * side)));
        if (options.Frequencies > 0)
            fourier = new FourierFeatures(size, options.Frequencies, options.LowestFrequency, options.HighestFrequency);
        var inputs = pack * ((int)(fourier?.Outputs ?? size) + classCount);
        hidden = Layers.Hidden(inputs, options.DiscriminatorWidths, options.DiscriminatorActivation, options.Pieces, batchNorm: false);
        verdict = Linear(options.DiscriminatorWidths is [.., var width] ? width : inputs, 1);
        RegisterComponents();
        this.Initialise(options.Deviation);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor samples, Tensor? condition) => Logits(Features(samples, condition));

    /// <summary>The last hidden layer, [N, F].</summary>
    public Tensor Features(Tensor samples, Tensor? condition)
    {
        var values = samples.flatten(1);
        return hidden.call(Layers.WithClasses(fourier?.call(values) ?? values, condition, classCount));
    }

    /// <summary>Features [N, F] to logits [N].</summary>
    public Tensor Logits(Tensor features) => verdict.call(features).squeeze(1);
}
