using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// The PatchGAN of pix2pix (arXiv:1611.07004, appendix 6.1.2), which CycleGAN uses too: images [N, C, H, W] to logits [N, 1, h, w], each of which judges a patch. 4×4 convolutions: <c>depth</c> of
/// them halve the image, two more do not. A patch has a side of 16, 34, 70 and 142 pixels at depth 1, 2, 3 and 4; the papers have 70 at 256 pixels.
/// </summary>
public sealed class PatchDiscriminator : Module<Tensor, Tensor>
{
    private const double Slope = 0.2;
    private const int MostTimesWidth = 8;
    // The two convolutions that do not halve take a pixel each.
    private const int SmallestMap = 3;

    private readonly Module<Tensor, Tensor> layers;

    /// <param name="inputs">Channels at the input.</param>
    /// <param name="width">Channels of the first map; they double with each further one, up to eight times as many.</param>
    /// <param name="depth">How often the image is halved: at least once, at most <see cref="LargestDepth"/> times.</param>
    /// <param name="norm">Makes the normalisation of so many channels; the first map has none.</param>
    public PatchDiscriminator(long inputs, long width, int depth, Func<long, Module<Tensor, Tensor>> norm)
        : base(nameof(PatchDiscriminator))
    {
        var sequence = Sequential(("down1", Conv2d(inputs, width, 4, stride: 2, padding: 1)), ("activation1", new LeakyRelu(Slope)));
        var channels = width;
        for (var stage = 2; stage <= depth + 1; stage++)
        {
            var (halves, next) = (stage <= depth, width * Math.Min(MostTimesWidth, 1L << (stage - 1)));
            sequence.append(halves ? $"down{stage}" : "wide", Conv2d(channels, next, 4, stride: halves ? 2 : 1, padding: 1, bias: false));
            sequence.append($"norm{stage}", norm(next));
            sequence.append($"activation{stage}", new LeakyRelu(Slope));
            channels = next;
        }
        sequence.append("verdict", Conv2d(channels, 1, 4, stride: 1, padding: 1));
        layers = sequence;
        RegisterComponents();
        this.InitialiseAsDcGan();
    }

    /// <summary>How often images of that many pixels a side can be halved; 0 where they are too small.</summary>
    public static int LargestDepth(int side)
    {
        var depth = 0;
        while (side >> (depth + 1) >= SmallestMap)
            depth++;
        return depth;
    }

    /// <summary>[N, C, H, W] to logits [N, 1, h, w].</summary>
    public override Tensor forward(Tensor images) => layers.call(images);
}
