using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.DcGan;

/// <summary>Strided convolutions from an image to features, as discriminators and encoders begin.</summary>
internal static class Convolutions
{
    /// <summary>Images [N, C, H, W] to features [N, F], halving the side with each stage.</summary>
    /// <param name="channels">The image's channels, then those of each map from the outermost inwards.</param>
    /// <param name="batchNorm">Whether every stage but the first is normalised over the batch.</param>
    /// <param name="wrap">What is made of each convolution.</param>
    public static Sequential Down(IReadOnlyList<int> channels, bool batchNorm, Func<Module<Tensor, Tensor>, Module<Tensor, Tensor>> wrap)
    {
        var layers = Sequential();
        for (var stage = 1; stage < channels.Count; stage++)
        {
            // The paper leaves the image itself without batch normalisation; where there is one, the bias would be subtracted again.
            var isNormalised = stage > 1 && batchNorm;
            layers.append($"down{stage}", wrap(Conv2d(channels[stage - 1], channels[stage], 4, stride: 2, padding: 1, bias: !isNormalised)));
            if (isNormalised)
                layers.append($"norm{stage}", BatchNorm2d(channels[stage]));
            layers.append($"activation{stage}", new LeakyRelu(Slope));
        }
        layers.append("flatten", Flatten());
        return layers;
    }

    /// <summary>The slope of every LeakyReLU (arXiv:1511.06434, section 3).</summary>
    public const double Slope = 0.2;
}
