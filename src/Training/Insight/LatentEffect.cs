using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>How samples change with the latent: the mean of JᵀJ over latents, J the derivative of a sample by the latent, in standard deviations.</summary>
internal static class LatentEffect
{
    private const int LargestSide = 64;

    /// <summary>By central differences of one standard deviation to either side. Images are compared at no more than 64 pixels a side.</summary>
    /// <param name="model">The model.</param>
    /// <param name="space">Its latents.</param>
    /// <param name="axes">Unit vectors [K, Width].</param>
    /// <param name="latents">Latents as the model takes them: the derivative is taken at each.</param>
    /// <param name="condition">Their conditions.</param>
    /// <returns>float64 [K, K] on the CPU, a mean over the values of a sample: the root of its diagonal is the RMS change of a value for a step of 1.</returns>
    public static Tensor Gram(ExploredModel model, LatentSpace space, Tensor axes, Tensor latents, Tensor? condition)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (count, directions) = (latents.shape[0], axes.shape[0]);
        var gram = zeros(directions, directions, dtype: ScalarType.Float64);
        using Scalar half = 0.5;
        for (var index = 0L; index < count; index++)
        {
            using var inner = NewDisposeScope();
            var (latent, given) = (latents.narrow(0, index, 1), condition?.narrow(0, index, 1));
            Tensor Moved(double steps)
            {
                var moved = cat([.. Enumerable.Range(0, (int)directions).Select(axis => space.Shift(latent, axes[axis], steps))]);
                return Compared(model.Generate(moved, given is null ? null : Repeated(given, directions)), model.Sample);
            }
            var slopes = Moved(1).sub(Moved(-1)).mul(half);
            gram.add_(slopes.mm(slopes.T).cpu().to(ScalarType.Float64).div(tensor(count * (double)slopes.shape[1])));
            model.Progress?.Report(new ComponentProgress("effects of the latent", index + 1, count));
        }
        return gram.MoveToOuterDisposeScope();
    }

    /// <summary>The same row so many times.</summary>
    internal static Tensor Repeated(Tensor row, long count) => row.expand([count, .. row.shape[1..]]);

    private static Tensor Compared(Tensor samples, SampleSpec spec) => spec is ImageSpec image && Math.Max(image.Height, image.Width) > LargestSide
        ? nn.functional.adaptive_avg_pool2d(samples, [Math.Min(image.Height, LargestSide), Math.Min(image.Width, LargestSide)]).flatten(1)
        : samples.flatten(1);
}
