using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.Mlp;

/// <summary>Samples [N, P·D, ...], P packed together, and, where there are classes, the class of each sample [N·P] (int64) to logits [N].</summary>
internal sealed class Discriminator : Module<Tensor, Tensor?, Tensor>
{
    private readonly int classCount;
    private readonly Sequential hidden;
    private readonly Linear verdict;

    public Discriminator(SampleSpec sample, int pack, int classCount, MlpOptions options)
        : base(nameof(Discriminator))
    {
        this.classCount = classCount;
        var inputs = pack * (sample.Shape.Aggregate(1, (size, side) => checked((int)(size * side))) + classCount);
        hidden = Layers.Hidden(inputs, options.DiscriminatorWidths, options.DiscriminatorActivation, options.Pieces, batchNorm: false);
        verdict = Linear(options.DiscriminatorWidths is [.., var width] ? width : inputs, 1);
        RegisterComponents();
        this.Initialise(options.Deviation);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor samples, Tensor? condition) => Logits(Features(samples, condition));

    /// <summary>The last hidden layer, [N, F].</summary>
    public Tensor Features(Tensor samples, Tensor? condition) => hidden.call(Layers.WithClasses(samples.flatten(1), condition, classCount));

    /// <summary>Features [N, F] to logits [N].</summary>
    public Tensor Logits(Tensor features) => verdict.call(features).squeeze(1);
}
