using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// Halves the resolution of a map without aliasing: the filter [1, 3, 3, 1] of StyleGAN2 (arXiv:1912.04958, and its code) at every other place, each channel for itself; beyond the edge stands 0, and
/// counts. It has no weights. As a convolution it takes about half the time of three poolings (docs/results.md), and its derivatives, convolutions too, keep the layout of the map.
/// </summary>
public sealed class BlurPool2d : Module<Tensor, Tensor>
{
    private static readonly long[] Two = [2, 2], Edge = [1, 1];

    private readonly int channels;
    private Tensor kernel;

    /// <param name="channels">C.</param>
    public BlurPool2d(int channels)
        : base(nameof(BlurPool2d))
    {
        this.channels = channels;
        using var scope = NewDisposeScope();
        var row = tensor(new float[] { 1, 3, 3, 1 }) / 8;
        // With the channels innermost, as maps lie.
        kernel = (row.unsqueeze(1) * row).unsqueeze(-1).expand(1, -1, -1, channels).contiguous().permute(3, 0, 1, 2).DetachFromDisposeScope();
    }

    /// <summary>[N, C, H, W] to [N, C, H/2, W/2]; H and W are even.</summary>
    public override Tensor forward(Tensor map) => functional.conv2d(map, kernel, strides: Two, padding: Edge, groups: channels);

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
