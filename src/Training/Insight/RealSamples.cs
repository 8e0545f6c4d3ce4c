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
        using var stored = dataset.Read(indices.ToArray(), seed);
        var batch = Scaling.Scale(stored, dataset.Spec, CPU);
        batch.Samples.DetachFromDisposeScope();
        batch.Condition?.DetachFromDisposeScope();
        return batch;
    }
}
