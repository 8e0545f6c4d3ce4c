using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The sheet that shows how a run comes along: rows of real images above rows of generated ones from latents that stay the same. What is no
/// image stands in files that other programs read: there the generated samples are alone, and the real ones in a file of their own.
/// A class-conditional model gets one column for each class; a translation a row of sources above the real and the generated row.
/// </summary>
public sealed class SampleSheet : IDisposable
{
    private const int RealRows = 2;
    private const int GeneratedRows = 6;
    private const int TranslatedRows = 3;
    private const int UsualColumns = 10;
    private const int MostColumns = 25;

    // Of images that large a few say enough, and a sheet stays one that can be drawn.
    private const int MostWidth = 4096;

    private readonly DataSpec data;
    private readonly int columns;
    private readonly ulong seed;
    private readonly bool translates;
    private readonly Tensor real;
    private readonly Tensor? condition;

    /// <param name="dataset">The training data; not needed afterwards.</param>
    /// <param name="model">The model.</param>
    /// <param name="seed">The seed of the run.</param>
    public SampleSheet(Dataset dataset, GanModel model, ulong seed)
    {
        using var scope = NewDisposeScope();
        (data, this.seed) = (dataset.Spec, Seeds.Of(seed, "sheet"));
        using var batch = ShuffledOrder.First(dataset, Searched(dataset.Spec.Sample), this.seed);
        var most = data.Sample is ImageSpec image ? Math.Clamp(MostWidth / Math.Max(image.Width, ImageGrid.SmallestCell), 1, MostColumns) : MostColumns;
        var perClass = model.Condition is ClassCondition classes && classes.Count <= most;
        columns = perClass ? ((ClassCondition)model.Condition).Count : Math.Min(UsualColumns, most);
        translates = TranslationSheet.IsFor(new DataSpec(data.Sample, model.Condition));
        var chosen = perClass ? OnePerClass(batch.Condition!.data<long>().ToArray()) : First((translates ? TranslatedRows : RealRows) * columns, batch);
        real = batch.Samples.index_select(0, tensor(chosen)).DetachFromDisposeScope();
        condition = Conditions(model.Condition, batch)?.DetachFromDisposeScope();
    }

    /// <summary>Encodes the sheet; the model is in evaluation mode.</summary>
    /// <param name="model">The model.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="provenance">Where the generated rows come from; that there are real ones beside them is added.</param>
    public byte[] Encode(GanModel model, Device device, ImageProvenance provenance)
    {
        using var scope = NewDisposeScope();
        var sampler = new Sampler(model, device);
        var generated = sampler.Generate((int)(condition?.shape[0] ?? GeneratedRows * columns), condition, seed);
        if (!IsDrawn)
            return SampleFile.Encode([generated], data.Sample, columns);
        return SampleFile.Encode(translates ? TranslationSheet.Sections([condition!, real, generated], columns) : [real, generated], data.Sample, columns, provenance with { SourceType = ImageProvenance.Composite });
    }

    /// <summary>The real samples where they do not stand on the sheet; null where they do.</summary>
    public byte[]? EncodeReal() => IsDrawn ? null : SampleFile.Encode([real], data.Sample, columns);

    /// <inheritdoc/>
    public void Dispose()
    {
        real.Dispose();
        condition?.Dispose();
    }

    private bool IsDrawn => data.Sample is ImageSpec or VideoSpec;

    // Enough to find every class among them, and no more than some hundred megabytes.
    private static long Searched(SampleSpec spec) => SampleSize.Few(SampleSize.Of(spec), 100, 2000);

    // Row by row, the first samples of each class; a class that is not among the searched samples is stood for by any sample.
    private long[] OnePerClass(long[] classes)
    {
        var byClass = classes.Select((label, index) => (label, index)).ToLookup(pair => pair.label, pair => (long)pair.index);
        return [.. from row in Enumerable.Range(0, RealRows) from column in Enumerable.Range(0, columns) select byClass[column].ElementAtOrDefault(row)];
    }

    private static long[] First(int wanted, Batch batch) => [.. Enumerable.Range(0, (int)Math.Min(wanted, batch.Count)).Select(index => (long)index)];

    // A translation is shown once for each source; everything else fills its rows, if need be with the same conditions again.
    private Tensor? Conditions(ConditionSpec spec, Batch batch) => spec switch
    {
        NoCondition => null,
        _ when translates => batch.Condition!.narrow(0, 0, real.shape[0]).clone(),
        _ => Sampler.ClassesInTurn(spec, GeneratedRows * columns)
            ?? batch.Condition!.index_select(0, arange(GeneratedRows * columns, dtype: ScalarType.Int64).remainder(batch.Count)),
    };
}
