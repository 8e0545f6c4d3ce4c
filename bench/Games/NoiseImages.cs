using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Bench.Games;

/// <summary>Grey images of 28×28 with bytes drawn at random: how long a step takes does not depend on what is in them, and no file is needed.</summary>
internal sealed class NoiseImages : Dataset, IInMemory
{
    public override DataSpec Spec { get; } = new(new ImageSpec(1, 28, 28), ConditionSpec.None);

    public override long Count => Samples.shape[0];

    public Tensor Samples { get; } = Draw(10_000);

    public Tensor? Conditions => null;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        using var rows = tensor(indices.ToArray());
        return new Batch(Samples.index_select(0, rows));
    }

    protected override void Dispose(bool disposing)
    {
        Samples.Dispose();
        base.Dispose(disposing);
    }

    private static Tensor Draw(long count)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        return randint(0, 256, [count, 1, 28, 28], dtype: ScalarType.Byte, generator: generator).DetachFromDisposeScope();
    }
}
