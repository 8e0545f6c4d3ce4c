using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Images of 3×16×16 with bytes drawn at random.</summary>
internal sealed class NoiseImages : Dataset, IInMemory
{
    public override DataSpec Spec { get; } = new(new ImageSpec(3, 16, 16), ConditionSpec.None);

    public override long Count => 256;

    public Tensor Samples { get; } = Draw();

    public Tensor? Conditions => null;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed) => new(Samples.index_select(0, tensor(indices.ToArray())));

    protected override void Dispose(bool disposing)
    {
        Samples.Dispose();
        base.Dispose(disposing);
    }

    private static Tensor Draw()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5, CPU);
        return randint(0, 256, [256, 3, 16, 16], dtype: ScalarType.Byte, generator: generator).DetachFromDisposeScope();
    }
}
