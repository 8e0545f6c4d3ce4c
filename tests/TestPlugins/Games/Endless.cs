using System.ComponentModel;
using static TorchSharp.torch;

namespace PluginGan.TestPlugins;

public sealed class EndlessOptions
{
    [Description("How many values a vector has.")]
    public int Size { get; set; } = 2;
}

/// <summary>Vectors of zeros, made when they are read.</summary>
public sealed class Endless(EndlessOptions options) : Dataset
{
    public override DataSpec Spec => new(new VectorSpec(options.Size), ConditionSpec.None);

    public override long Count => 1L << 40;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed) => new(zeros(indices.Length, options.Size));
}
