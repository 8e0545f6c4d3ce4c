using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Devices;

/// <summary>Images of 1×28×28 with bytes drawn at random, of two classes.</summary>
internal sealed class GreyNoise : Dataset, IInMemory
{
    public override DataSpec Spec { get; } = new(new ImageSpec(1, 28, 28), new ClassCondition(["a", "b"]));

    public override long Count => 64;

    public Tensor Samples { get; } = randint(0, 256, [64, 1, 28, 28], dtype: ScalarType.Byte).DetachFromDisposeScope();

    public Tensor? Conditions { get; } = arange(64, dtype: ScalarType.Int64).remainder_(2).DetachFromDisposeScope();

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        using var index = tensor(indices.ToArray());
        return new Batch(Samples.index_select(0, index), Conditions!.index_select(0, index));
    }

    protected override void Dispose(bool disposing)
    {
        Samples.Dispose();
        Conditions!.Dispose();
        base.Dispose(disposing);
    }
}
