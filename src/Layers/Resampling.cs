using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>Doubling of a map without aliasing, by the filter [1, 3, 3, 1] (StyleGAN2, arXiv:1912.04958, and its code); <see cref="BlurPool2d"/> halves.</summary>
public static class Resampling
{
    /// <summary>[N, C, H, W] to [N, C, 2·H, 2·W]: the filter is bilinear interpolation; beyond the edge stands the edge. Can be differentiated twice.</summary>
    public static Tensor Up(Tensor map) => functional.interpolate(map, [2 * map.shape[2], 2 * map.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);
}
