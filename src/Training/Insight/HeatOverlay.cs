using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Images with a map of heat over them: dim and grey where it is cold, from red to yellow where it is hot.</summary>
internal static class HeatOverlay
{
    // The hottest values are few; what lies above this share of a map's values is drawn alike.
    private const double Saturated = 0.98;

    private static readonly Scalar Dimmed = 0.7;

    /// <summary>Draws maps over images, each scaled to its own greatest values.</summary>
    /// <param name="images">[N, C, H, W] in [-1, 1].</param>
    /// <param name="heat">[N, C, H, W], from 0; of several channels the greatest counts.</param>
    /// <returns>[N, 3, H, W] in [-1, 1].</returns>
    public static Tensor Draw(Tensor images, Tensor heat)
    {
        using var scope = NewDisposeScope();
        // Single pixels flicker: each is drawn as the mean of it and its neighbours.
        var map = nn.functional.avg_pool2d(heat.amax([1], keepdim: true), 3, 1, 1, count_include_pad: false);
        using var share = tensor(Saturated, dtype: map.dtype, device: map.device);
        var top = map.flatten(1).quantile(share, 1, keepdim: true).reshape(-1, 1, 1, 1);
        var level = map.div(top).nan_to_num(0, 1, 0).clamp(Zero, One);
        var grey = images.mean([1], keepdim: true).add(One).mul(Scalars.Half).mul(Dimmed);
        // What is hardly warm lets the image through.
        var cover = level.mul(level.sqrt());
        var shown = grey.sub(grey.mul(cover));
        var colours = new[] { level.add(One).mul(Scalars.Half), level.mul(level), zeros_like(level) };
        return cat([.. colours.Select(colour => shown.add(colour.mul(cover)))], 1).sub(Scalars.Half).div(Scalars.Half).MoveToOuterDisposeScope();
    }
}
