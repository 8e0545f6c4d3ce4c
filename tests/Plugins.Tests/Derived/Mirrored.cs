using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

public sealed class MirroredOptions
{
    [Required]
    [Description("The images that are mirrored: a dataset.")]
    public DatasetChoice? Of { get; set; }
}

/// <summary>The images of another dataset, each mirrored or not as the seed has it.</summary>
public sealed class Mirrored : Dataset
{
    private readonly Dataset images;

    public Mirrored(MirroredOptions options, ComponentContext context)
    {
        images = context.Open(options.Of!);
        Sources = images.Sources;
        if (images.Spec.Sample is ImageSpec)
            return;
        var sample = images.Spec.Sample;
        images.Dispose();
        throw new ComponentException($"only images can be mirrored, but '{options.Of!.Name}' yields {sample}");
    }

    public override DataSpec Spec => images.Spec;

    public override long Count => images.Count;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var batch = images.Read(indices, seed);
        using var scope = NewDisposeScope();
        using var plain = batch.Samples;
        using var draws = Draws.Begin(seed, indices);
        var mirror = Draws.Integers(indices.Length, [1, 1, 1], 2).eq(1);
        return new Batch(where(mirror, plain.flip(3), plain).MoveToOuterDisposeScope(), batch.Condition);
    }

    protected override void Dispose(bool disposing)
    {
        images.Dispose();
        base.Dispose(disposing);
    }
}
