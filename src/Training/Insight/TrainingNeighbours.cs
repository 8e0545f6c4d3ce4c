using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Generated samples beside the training samples that are nearest to them: whether the model has learnt by heart.</summary>
/// <param name="dataset">The training data; stays the caller's.</param>
/// <param name="features">In which space samples are near.</param>
public sealed class TrainingNeighbours(Dataset dataset, SampleFeatures features) : Exploration
{
    private const int Neighbours = 6;
    private const int Measured = 32;
    private const long MostSearched = 1_000_000;
    private const long ValuesAtOnce = 1 << 22;

    /// <inheritdoc/>
    public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (searched, measured) = (Math.Min(dataset.Count, MostSearched), Math.Max(Measured, model.Count));
        var generated = model.Generate(model.Latents(measured, "neighbours"), model.Conditions(measured));
        // What is usual: how far samples of the training data are from their nearest neighbour in it.
        var own = Spread(searched);
        var ofGenerated = new NearestNeighbours(features.Extract(generated), Neighbours);
        var ofTraining = new NearestNeighbours(features.Extract(Read(own, model).Samples), 1, own);
        Search(model, searched, [ofGenerated, ofTraining]);
        var (sheet, rows) = Sheet(model, generated, ofGenerated);
        var whole = searched < dataset.Count ? $"the first {searched} of {dataset.Count} training samples" : $"all {searched} training samples";
        var images = model.Sample is ImageSpec;
        return
        [
            new ExploredPicture($"neighbours{SampleFile.MixedExtension(model.Sample)}", "Nearest training samples",
                $"{(images ? "Each row begins with a generated image; after a gap follow" : "Each block begins with a generated sample; below it are")} the {ofGenerated.Found[0].Count} nearest of {whole}, the nearest first. "
                + $"The distance is {features.Description}. Median distance to the nearest: of {measured} generated samples {Number(Median(ofGenerated))}, "
                + $"of {own.Length} training samples to another one {Number(Median(ofTraining))}; generated ones that are copies would be near 0. {rows}",
                sheet),
        ];
    }

    private static double Median(NearestNeighbours found)
    {
        double[] nearest = [.. found.Found.Where(list => list.Count > 0).Select(list => list[0].Distance).Order()];
        return nearest.Length == 0 ? double.NaN : (nearest[(nearest.Length - 1) / 2] + nearest[nearest.Length / 2]) / 2;
    }

    // Evenly over the data: it may be ordered by class.
    private static long[] Spread(long count) => [.. Enumerable.Range(0, (int)Math.Min(Measured, count)).Select(index => index * count / Math.Min(Measured, count))];

    private void Search(ExploredModel model, long searched, NearestNeighbours[] searches)
    {
        var values = SampleSize.Of(dataset.Spec.Sample);
        var chunk = Math.Clamp(ValuesAtOnce / values, 16, 1000);
        for (var from = 0L; from < searched; from += chunk)
        {
            model.Cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            long[] indices = [.. Enumerable.Range(0, (int)Math.Min(chunk, searched - from)).Select(offset => from + offset)];
            var candidates = features.Extract(Read(indices, model).Samples);
            foreach (var search in searches)
                search.Add(candidates, indices);
            model.Progress?.Report(new ComponentProgress("training samples", from + indices.Length, searched));
        }
    }

    private Batch Read(long[] indices, ExploredModel model)
    {
        using var stored = dataset.Read(indices, model.Seed);
        return Scaling.Scale(stored, dataset.Spec, CPU);
    }

    private (byte[] Sheet, string Rows) Sheet(ExploredModel model, Tensor generated, NearestNeighbours found)
    {
        var blocks = new List<Tensor>();
        var rows = new List<string>();
        var asked = model.Conditions(model.Count);
        for (var row = 0; row < model.Count; row++)
        {
            long[] numbers = [.. found.Found[row].Select(neighbour => neighbour.Number)];
            var batch = Read(numbers, model);
            var image = generated.narrow(0, row, 1).cpu();
            blocks.AddRange([image, .. model.Sample is ImageSpec ? [ones_like(image)] : Array.Empty<Tensor>(), batch.Samples]);
            rows.Add($"{row + 1}{Class(model.Model.Condition, asked, row)}: {string.Join(", ", found.Found[row].Select((neighbour, place) => $"{Number(neighbour.Distance)}{Class(dataset.Spec.Condition, batch.Condition, place)}"))}");
        }
        var provenance = model.Provenance is { } origin ? origin with { SourceType = ImageProvenance.Composite } : null;
        // Images of all rows are one section; of other samples each row is one.
        var sections = model.Sample is ImageSpec ? [cat(blocks)] : blocks.Chunk(2).Select(pair => cat(pair)).ToList();
        return (SampleFile.EncodeMixed(sections, model.Sample, found.Found[0].Count + 2, provenance), $"Distances row by row: {string.Join("; ", rows)}.");
    }

    private static string Class(ConditionSpec spec, Tensor? conditions, int row) =>
        spec is ClassCondition classes && conditions is not null ? $" ({classes.Names[(int)conditions[row].item<long>()]})" : "";
}
