using static TorchSharp.torch;

namespace PluginGan.Bench.Games;

/// <summary>Memory formats of images and of weights of convolutions.</summary>
internal static class TensorExtensions
{
    /// <summary>A copy of [N, C, H, W] that lies in torch's own order, or with its channels innermost.</summary>
    public static Tensor InFormat(this Tensor tensor, bool channelsLast)
    {
        var ordered = tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        return channelsLast ? ordered : ordered.contiguous();
    }
}
