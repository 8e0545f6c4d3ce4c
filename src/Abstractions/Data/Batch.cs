using static TorchSharp.torch;

namespace PluginGan;

/// <summary>Some samples with their conditions.</summary>
/// <param name="samples">[N, ...]; in the storage type when it comes from a <see cref="Dataset"/>, float32 in the range of the spec when the host hands it to a loss.</param>
/// <param name="condition">int64 [N] for classes, float32 [N, Size] for vectors, [N, ...] for samples; null without a condition.</param>
public sealed class Batch(Tensor samples, Tensor? condition = null) : IDisposable
{
    /// <summary>The samples, [N, ...].</summary>
    public Tensor Samples { get; } = samples;

    /// <summary>Their conditions, first dimension N, or null.</summary>
    public Tensor? Condition { get; } = condition;

    /// <summary>N.</summary>
    public long Count => Samples.shape[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        Samples.Dispose();
        Condition?.Dispose();
    }
}
