using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Spherical interpolation (Shoemake 1985; for latents White, arXiv:1609.04468): normal latents of many dimensions lie close to a sphere, and the
/// straight line between two of them leads through the middle of it, where there are none.
/// </summary>
public static class Slerp
{
    // Below this sine the arc is a line, or undefined: opposite points have no plane in common.
    private const double Flat = 1e-4;

    /// <summary>Points on the arcs between vectors: sin((1−t)θ)/sin θ · from + sin(tθ)/sin θ · to, θ the angle between them; the straight line where they are parallel.</summary>
    /// <param name="from">[N, D].</param>
    /// <param name="to">[N, D].</param>
    /// <param name="share">t, 0 to 1.</param>
    /// <returns>[N, D], of the same type.</returns>
    public static Tensor Between(Tensor from, Tensor to, double share)
    {
        using Scalar at = share, rest = 1 - share, flat = Flat, least = -1.0, greatest = 1.0;
        var (start, end) = (from.to(ScalarType.Float64), to.to(ScalarType.Float64));
        var lengths = Dot(start, start).mul(Dot(end, end)).sqrt();
        var angle = Dot(start, end).div(lengths).nan_to_num(1).clamp(least, greatest).acos();
        var sine = angle.sin();
        var straight = sine.lt(flat);
        var first = where(straight, full_like(sine, rest), angle.mul(rest).sin().div(sine));
        var second = where(straight, full_like(sine, at), angle.mul(at).sin().div(sine));
        return start.mul(first).add(end.mul(second)).to(from.dtype);
    }

    private static Tensor Dot(Tensor left, Tensor right) => left.mul(right).sum(1, keepdim: true);
}
