using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>How a sheet of translations is laid out: each row of sources stands right above the rows of what belongs to them.</summary>
public static class TranslationSheet
{
    /// <summary>Whether the sources of such a model can be drawn beside its samples.</summary>
    public static bool IsFor(DataSpec data) => data is { Sample: ImageSpec, Condition: SampleCondition { Sample: ImageSpec } };

    /// <summary>Splits batches into rows and takes the rows in turn: the first of each batch, then the second of each.</summary>
    /// <param name="batches">Sources first, then what belongs to them, each float32 [N, C, H, W] with the same N; channels and sizes may differ.</param>
    /// <param name="columns">Images in a row.</param>
    /// <returns>Sections for <see cref="SampleFile.Encode"/>; they share the memory of the batches.</returns>
    public static IReadOnlyList<Tensor> Sections(IReadOnlyList<Tensor> batches, int columns)
    {
        var count = batches[0].shape[0];
        var sections = new List<Tensor>();
        for (var from = 0L; from < count; from += columns)
            foreach (var batch in batches)
                sections.Add(batch.narrow(0, from, Math.Min(columns, count - from)));
        return sections;
    }
}
