using PluginGan.Core;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>What happens to the gradients of a network between backward and the optimiser's step, without asking the device for a value.</summary>
internal static class GradientChecks
{
    // As in the paper on adaptive clipping: weights that start at zero could never move otherwise.
    private const double SmallestUnit = 1e-3;

    private static readonly Scalar Tiny = 1e-6;
    private static readonly Scalar Floor = SmallestUnit;

    /// <summary>The L2 norm of all values together, a float32 scalar.</summary>
    public static Tensor Norm(IReadOnlyList<Tensor> buffers)
    {
        // Not linalg.vector_norm: TorchSharp hands it a Scalar that a garbage collection may free too early.
        static Tensor Length(Tensor vector) => vector.dot(vector).sqrt_();
        var norms = buffers.Select(buffer => Length(buffer).to(ScalarType.Float32)).ToList();
        return norms.Count == 1 ? norms[0] : Length(stack(norms));
    }

    /// <summary>Sets the gradients to zero where their norm is not finite, so that one overflow does not ruin the weights.</summary>
    /// <returns>1 where it did so, else 0: a float32 scalar.</returns>
    public static Tensor Mask(IReadOnlyList<FlatParameters> buffers, Tensor norm)
    {
        var broken = norm.isfinite().logical_not();
        // On the CPU the answer is at hand and spares a pass over the gradients; elsewhere asking would stall the device.
        if (broken.device_type == DeviceType.CPU && !broken.item<bool>())
            return broken.to(ScalarType.Float32);
        foreach (var buffer in buffers)
            buffer.Gradients.masked_fill_(broken, Zero);
        return broken.to(ScalarType.Float32);
    }

    /// <summary>Clips the gradients of a network, whose norm is known.</summary>
    public static void Clip(IReadOnlyList<FlatParameters> buffers, GradientClip clip, Tensor norm)
    {
        using Scalar threshold = clip.Threshold;
        using Scalar lowest = -clip.Threshold;
        foreach (var buffer in buffers)
        {
            switch (clip.Kind)
            {
                case GradientClipKind.Norm:
                    // As torch.nn.utils.clip_grad_norm_. A norm that is not finite stands beside gradients of zero.
                    buffer.Gradients.mul_(full_like(norm, threshold).div(norm.nan_to_num().add(Tiny, One)).clamp_max(One).to(buffer.Gradients.dtype));
                    break;
                case GradientClipKind.Value:
                    buffer.Gradients.clamp_(lowest, threshold);
                    break;
                case GradientClipKind.Adaptive:
                    foreach (var slice in buffer.Slices)
                        ClipUnits(slice.Of(buffer.Weights), slice.Of(buffer.Gradients), threshold);
                    break;
            }
        }
    }

    /// <summary>Adaptive gradient clipping (Brock et al., arXiv:2102.06171, eq. 3): a unit's gradient is at most so much of the unit's weights, by norm.</summary>
    private static void ClipUnits(Tensor weights, Tensor gradients, Scalar threshold)
    {
        long[] axes = [.. Enumerable.Range(1, Math.Max(0, (int)weights.dim() - 1)).Select(axis => (long)axis)];
        Tensor UnitNorm(Tensor tensor) => axes.Length == 0 ? tensor.abs() : tensor.mul(tensor).sum(axes, keepdim: true).sqrt_();
        var allowed = UnitNorm(weights).clamp_min(Floor).mul_(threshold);
        var actual = UnitNorm(gradients);
        gradients.mul_(allowed.div_(actual.clamp_min_(Tiny)).clamp_max_(One));
    }
}
