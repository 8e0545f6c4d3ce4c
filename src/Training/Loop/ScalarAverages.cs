using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Averages of reported scalars. They are summed on the device and read back together, in one transfer, when they are logged.</summary>
internal sealed class ScalarAverages(Device device) : IDisposable
{
    private readonly SortedDictionary<string, (Tensor Sum, long Count)> sums = new(StringComparer.Ordinal);

    /// <summary>The sums and counts not yet read, as a checkpoint keeps them.</summary>
    public IEnumerable<(string Name, Tensor Sum, long Count)> State => sums.Select(entry => (entry.Key, entry.Value.Sum, entry.Value.Count));

    /// <summary>Adds a value, a tensor of one element.</summary>
    public void Add(string name, Tensor value)
    {
        using var quiet = no_grad();
        if (!sums.TryGetValue(name, out var entry))
            entry = (zeros([], dtype: ScalarType.Float32, device: device).DetachFromDisposeScope(), 0);
        using var scope = NewDisposeScope();
        entry.Sum.add_(value.detach().to(ScalarType.Float32).reshape([]));
        sums[name] = (entry.Sum, entry.Count + 1);
    }

    /// <summary>Reads the averages since the last read, and starts anew.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        using var scope = NewDisposeScope();
        var entries = sums.Where(entry => entry.Value.Count > 0).ToList();
        if (entries.Count == 0)
            return new Dictionary<string, double>();
        var values = stack(entries.Select(entry => entry.Value.Sum)).cpu().data<float>().ToArray();
        foreach (var (name, (sum, _)) in entries)
        {
            sum.zero_();
            sums[name] = (sum, 0);
        }
        return entries.Select((entry, index) => (entry.Key, Value: values[index] / (double)entry.Value.Count)).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    /// <summary>Continues from a checkpoint.</summary>
    public void Restore(string name, Tensor sum, long count)
    {
        Add(name, sum);
        sums[name] = (sums[name].Sum, count);
    }

    public void Dispose()
    {
        foreach (var (sum, _) in sums.Values)
            sum.Dispose();
    }
}
