using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Derived;

/// <summary>
/// Three grey images, drawn independently, as the channels of one (unrolled GANs, arXiv:1611.02163). Where the images have classes every
/// combination of three is a mode, so that lost modes can be counted.
/// </summary>
internal sealed class StackedImages : Dataset
{
    private const int Channels = 3;
    private const int MostClasses = 50;

    private readonly ImageSource source;
    private readonly Tensor chosen;
    private readonly int classes;

    /// <exception cref="ComponentException">The images are not grey.</exception>
    public StackedImages(StackedOptions options, ComponentContext context)
    {
        source = new ImageSource(options.Of!, context);
        if (source.Spec.Channels != 1)
        {
            var channels = source.Spec.Channels;
            source.Dispose();
            throw new ComponentException($"it stacks grey images, but those of '{options.Of!.Name}' have {channels} channels");
        }
        Count = options.Count == 0 ? source.Count : options.Count;
        var names = options.Labels && source.Condition is ClassCondition condition ? condition.Names : [];
        classes = names.Count;
        if (classes > MostClasses)
        {
            source.Dispose();
            throw new ComponentException($"'{options.Of!.Name}' has {classes} classes, whose combinations are too many to be named (at most {MostClasses}); set 'labels' to false");
        }
        Spec = new DataSpec(source.Spec with { Channels = Channels }, classes == 0 ? ConditionSpec.None : new ClassCondition([.. Stacks(names)]));
        try
        {
            var bytes = 2.0 * sizeof(double) * Channels * Count;
            DataMemory.Require(bytes, $"the choice of images for {Count} stacks", "choose a smaller 'count'", DataMemory.Available());
        }
        catch (ComponentException)
        {
            source.Dispose();
            throw;
        }
        Sources = source.Sources;
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)options.Seed, CPU);
        // int64 [Count, 3]
        chosen = rand([Count, Channels], ScalarType.Float64, generator: generator).mul(source.Count).floor().to(ScalarType.Int64).DetachFromDisposeScope();
    }

    public override DataSpec Spec { get; }

    public override long Count { get; }

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        using var scope = NewDisposeScope();
        var rows = chosen.index_select(0, tensor(indices.ToArray())).flatten().data<long>().ToArray();
        using var images = source.Read(rows, seed);
        var stacks = images.Samples.reshape(indices.Length, Channels, source.Spec.Height, source.Spec.Width);
        return new Batch(stacks.MoveToOuterDisposeScope(), classes == 0 ? null : Modes(images.Condition!.reshape(indices.Length, Channels)).MoveToOuterDisposeScope());
    }

    protected override void Dispose(bool disposing)
    {
        chosen.Dispose();
        source.Dispose();
        base.Dispose(disposing);
    }

    private static IEnumerable<string> Stacks(IReadOnlyList<string> names) =>
        from first in names from second in names from third in names select $"{first}, {second}, {third}";

    private Tensor Modes(Tensor labels) => labels.to(ScalarType.Int64).mul(tensor(new long[] { classes * classes, classes, 1 })).sum(1);
}
