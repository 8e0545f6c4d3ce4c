using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// Doubling and halving of a map without aliasing, by the filter [1, 3, 3, 1] (StyleGAN2, arXiv:1912.04958, and its code). Neither has weights, and both can be differentiated twice.
/// </summary>
public static class Resampling
{
    // The padding belongs to the filter as a whole: the images beyond the edge are 0, and count.
    private static readonly long[] Two = [2, 2], Step = [1, 1], Edge = [1, 1];

    /// <summary>[N, C, H, W] to [N, C, 2·H, 2·W]: the filter is bilinear interpolation; beyond the edge stands the edge.</summary>
    public static Tensor Up(Tensor map) => functional.interpolate(map, [2 * map.shape[2], 2 * map.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);

    /// <summary>[N, C, H, W] to [N, C, H/2, W/2]: the filter is three averages of two in a row. H and W are even; beyond the edge stands 0.</summary>
    public static Tensor Down(Tensor map)
    {
        var smooth = functional.avg_pool2d(functional.avg_pool2d(map, Two, Step, Edge), Two, Step);
        return functional.avg_pool2d(smooth, Two, Two);
    }
}
