using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// Conditional batch normalisation (Dumoulin et al., arXiv:1610.07629; for generators arXiv:1802.05637): γ(y) · x̂ + β(y), where x̂ is the batch-normalised
/// input, and gain and bias of each channel are looked up by class. They begin as 1 and 0. Without classes it is plain batch normalisation.
/// </summary>
public sealed class ConditionalBatchNorm : Module<Tensor, Tensor?, Tensor>
{
    private readonly BatchNorm2d norm;
    private readonly Embedding? gain, bias;

    /// <param name="channels">The channels of the input.</param>
    /// <param name="classes">How many classes there are, or null for none.</param>
    public ConditionalBatchNorm(int channels, int? classes)
        : base(nameof(ConditionalBatchNorm))
    {
        norm = BatchNorm2d(channels, affine: classes is null);
        if (classes is { } count)
        {
            (gain, bias) = (Embedding(count, channels), Embedding(count, channels));
            init.ones_(gain.weight!);
            init.zeros_(bias.weight!);
        }
        RegisterComponents();
    }

    /// <summary>[N, C, H, W] and the class of each [N] (int64) to the same shape.</summary>
    /// <exception cref="ComponentException">There are classes, but none is given.</exception>
    public override Tensor forward(Tensor input, Tensor? condition)
    {
        var normalised = norm.call(input);
        if (gain is null)
            return normalised;
        var classes = Given.Classes(condition);
        return (normalised * OfChannels(gain.call(classes))).add(OfChannels(bias!.call(classes)), One);
    }

    private static Tensor OfChannels(Tensor values) => values.unsqueeze(-1).unsqueeze(-1);
}
