using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.TimeGan;

/// <summary>What each channel spans in the training data, [C] and [C]: scales series to [0, 1] and back.</summary>
internal sealed class Span : nn.Module
{
    // Rows that are read at once.
    private const int Chunk = 10_000;

    private static readonly Scalar Least = 1e-7;

    private readonly Tensor lowest, width;

    public Span(int channels)
        : base(nameof(Span))
    {
        lowest = zeros(channels).DetachFromDisposeScope();
        width = ones(channels).DetachFromDisposeScope();
        RegisterComponents();
    }

    public void Learn(Dataset data)
    {
        Tensor? least = null, most = null;
        foreach (var rows in Enumerable.Range(0, checked((int)data.Count)).Select(row => (long)row).Chunk(Chunk))
        {
            using var scope = NewDisposeScope();
            using var batch = data.Read(rows, 0);
            var values = batch.Samples.to(ScalarType.Float32).flatten(0, 1);
            least = (least is null ? values.amin([0]) : least.minimum(values.amin([0]))).MoveToOuterDisposeScope();
            most = (most is null ? values.amax([0]) : most.maximum(values.amax([0]))).MoveToOuterDisposeScope();
        }
        lowest.copy_(least!);
        // A channel that never changes is 0 when it is scaled.
        width.copy_(most!.sub(least!).clamp_min(Least));
    }

    public Tensor Scale(Tensor series) => series.sub(lowest).div(width);

    public Tensor Restore(Tensor scaled) => scaled.mul(width).add(lowest, One);
}
