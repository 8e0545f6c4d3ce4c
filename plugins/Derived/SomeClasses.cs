using static TorchSharp.torch;

namespace PluginGan.Plugins.Derived;

/// <summary>
/// The samples of some classes of another dataset, of any kind. The condition stays that of all classes, with their numbers, so that a model that knows some can be measured on all (anomaly detection).
/// </summary>
internal sealed class SomeClasses : Dataset
{
    // Labels are read in pieces where the dataset is not in memory.
    private const int Piece = 1000;

    private readonly Dataset source;
    private readonly long[] chosen;

    /// <exception cref="ComponentException">The dataset has no classes, one that is named does not exist, or none of them has a sample.</exception>
    public SomeClasses(SomeClassesOptions options, ComponentContext context)
    {
        source = context.Open(options.Of!);
        try
        {
            if (source.Spec.Condition is not ClassCondition classes)
                throw new ComponentException($"some-classes chooses by class, but '{options.Of!.Name}' has {source.Spec.Condition}; take labelled data (option 'labels' of the dataset)");
            var wanted = ClassNames.Find("some-classes", "classes", options.Classes, classes).ToHashSet();
            var labels = Labels();
            chosen = [.. Enumerable.Range(0, labels.Length).Select(place => (long)place).Where(place => wanted.Contains(labels[place]))];
            if (chosen.Length == 0)
                throw new ComponentException($"'{options.Of!.Name}' has no sample of {string.Join(", ", options.Classes)}: name classes that occur in it");
        }
        catch
        {
            source.Dispose();
            throw;
        }
        Sources = source.Sources;
    }

    public override DataSpec Spec => source.Spec;

    public override long Count => chosen.Length;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var rows = new long[indices.Length];
        for (var place = 0; place < rows.Length; place++)
            rows[place] = chosen[indices[place]];
        return source.Read(rows, seed);
    }

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }

    private long[] Labels()
    {
        using var scope = NewDisposeScope();
        if (source is IInMemory { Conditions: { } all })
            return [.. all.to(ScalarType.Int64).data<long>()];
        var labels = new List<long>();
        for (var first = 0L; first < source.Count; first += Piece)
        {
            long[] rows = [.. Enumerable.Range(0, (int)Math.Min(Piece, source.Count - first)).Select(offset => first + offset)];
            using var batch = source.Read(rows, 0);
            labels.AddRange(batch.Condition!.to(ScalarType.Int64).data<long>());
        }
        return [.. labels];
    }
}
