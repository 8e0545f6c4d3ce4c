using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// Doubles or halves the resolution of a map by a fixed filter, each channel for itself; beyond the edge stands 0, and counts. It is a convolution, and so are its derivatives of all orders: the second
/// derivative of libtorch's pooling and interpolation costs several times as much on a CPU, and does not keep the layout of the map.
/// </summary>
public sealed class Resampling : Module<Tensor, Tensor>
{
    // The filter of StyleGAN2 (arXiv:1912.04958, and its code): it smooths as it resamples.
    private static readonly float[] Smooth = [1, 3, 3, 1];
    private static readonly float[] Box = [1, 1];
    private static readonly long[] Two = [2, 2];

    private readonly int channels;
    private readonly bool up;
    private readonly long[] padding;

    private Tensor kernel;

    private Resampling(int channels, float[] row, bool up)
        : base(nameof(Resampling))
    {
        (this.channels, this.up) = (channels, up);
        padding = [(row.Length - 2) / 2, (row.Length - 2) / 2];
        using var scope = NewDisposeScope();
        // What comes out has the mean of what goes in: each of its values is made of a quarter of the filter when doubling, else of all.
        var weights = tensor(row) * ((up ? 2 : 1) / row.Sum());
        // With the channels innermost, as maps lie.
        kernel = (weights.unsqueeze(1) * weights).unsqueeze(-1).expand(1, -1, -1, channels).contiguous().permute(3, 0, 1, 2).DetachFromDisposeScope();
    }

    /// <summary>[N, C, H, W] to [N, C, 2·H, 2·W], by the filter [1, 3, 3, 1]: bilinear interpolation.</summary>
    public static Resampling Up(int channels) => new(channels, Smooth, up: true);

    /// <summary>[N, C, H, W] to [N, C, H/2, W/2], by the filter [1, 3, 3, 1]; H and W are even.</summary>
    public static Resampling Down(int channels) => new(channels, Smooth, up: false);

    /// <summary>[N, C, H, W] to [N, C, H/2, W/2], by averages of 2×2; H and W are even.</summary>
    public static Resampling Average(int channels) => new(channels, Box, up: false);

    /// <summary>The map [N, C, H, W] in its new resolution.</summary>
    public override Tensor forward(Tensor map) => up
        ? functional.conv_transpose2d(map, kernel, strides: Two, padding: padding, groups: channels)
        : functional.conv2d(map, kernel, strides: Two, padding: padding, groups: channels);

    /// <inheritdoc/>
    // The kernel is no buffer: TorchSharp moves only those that are saved with the weights.
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        if (ReplaceBuffer(dtype, device, kernel, out var moved))
            kernel = moved!;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            kernel.Dispose();
        base.Dispose(disposing);
    }
}
