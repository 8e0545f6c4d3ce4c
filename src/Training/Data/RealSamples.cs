using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Some samples of a dataset.</summary>
public static class RealSamples
{
    /// <summary>Draws samples, scaled, on the CPU; fewer where the data has fewer. The caller disposes them. The size of the data does not matter.</summary>
    public static Batch Draw(Dataset dataset, int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        var indices = new HashSet<long>();
        for (var draw = 0L; indices.Count < Math.Min(count, dataset.Count); draw++)
            indices.Add((long)(Seeds.Of(seed, "explore/real", draw) % (ulong)dataset.Count));
        return Read(dataset, [.. indices], seed);
    }

    /// <summary>The first samples in the data's own order, scaled, on the CPU. The caller disposes them.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="count">How many, at most all of them.</param>
    /// <param name="seed">For what is drawn while reading.</param>
    public static Batch First(Dataset dataset, int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        return Read(dataset, [.. Enumerable.Range(0, count).Select(index => (long)index)], seed);
    }

    private static Batch Read(Dataset dataset, long[] indices, ulong seed)
    {
        using var stored = dataset.Read(indices, seed);
        var batch = Scaling.Scale(stored, dataset.Spec, CPU);
        batch.Samples.DetachFromDisposeScope();
        batch.Condition?.DetachFromDisposeScope();
        return batch;
    }
}
