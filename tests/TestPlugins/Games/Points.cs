using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.TestPlugins;

public sealed class PointsOptions
{
    [Description("How many points."), Range(1, 1_000_000)]
    public int Count { get; set; } = 512;

    [Description("Whether each point tells which Gaussian it is from.")]
    public bool Labels { get; set; }

    [Description("Whether the points are read batch by batch.")]
    public bool Streamed { get; set; }

    [Description("Whether all points are from the right Gaussian.")]
    public bool OneSided { get; set; }

    [Description("Reading this index fails; negative for none.")]
    public long Unreadable { get; set; } = -1;
}

public class Points : Dataset
{
    private readonly PointsOptions options;

    public Points(PointsOptions options)
    {
        this.options = options;
        using var scope = NewDisposeScope();
        using var generator = new Generator(17, CPU);
        Conditions = options.Labels ? arange(options.Count, dtype: ScalarType.Int64).remainder(2).DetachFromDisposeScope() : null;
        var side = options.OneSided ? ones(options.Count, 1, dtype: ScalarType.Int64) : arange(options.Count, dtype: ScalarType.Int64).remainder(2).mul(2).sub(1).unsqueeze(1);
        Samples = randn([options.Count, 2], generator: generator).mul(0.1f).add(side).DetachFromDisposeScope();
    }

    public Tensor Samples { get; }

    public Tensor? Conditions { get; }

    public override DataSpec Spec => new(new VectorSpec(2), options.Labels ? new ClassCondition(["left", "right"]) : ConditionSpec.None);

    public override long Count => options.Count;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        if (options.Unreadable >= 0 && indices.Contains(options.Unreadable))
            throw new ComponentException($"points: point {options.Unreadable} cannot be read; remove it");
        using var index = tensor(indices.ToArray());
        return new Batch(Samples.index_select(0, index), Conditions?.index_select(0, index));
    }

    protected override void Dispose(bool disposing)
    {
        Samples.Dispose();
        Conditions?.Dispose();
        base.Dispose(disposing);
    }
}

public sealed class PointsInMemory(PointsOptions options) : Points(options), IInMemory;
