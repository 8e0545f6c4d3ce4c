using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Averages of reported scalars. Values stay on the device and are fetched together, in one transfer, when they are logged or when many have come
/// up. A value that is not finite is left out of its average unless all are such.
/// </summary>
internal sealed class ScalarAverages : IDisposable
{
    // Bounds the memory of a run that logs at its end only.
    private const int Most = 1024;

    private readonly List<(string Name, Tensor Value)> pending = [];
    private readonly SortedDictionary<string, Sum> sums = new(StringComparer.Ordinal);

    /// <summary>The sums so far as a checkpoint keeps them: float64 [sum, values that were not finite] and the count of finite values.</summary>
    public IEnumerable<(string Name, Tensor Sum, long Count)> State()
    {
        Fetch();
        return sums.Select(entry => (entry.Key, tensor([entry.Value.Total, entry.Value.Broken], ScalarType.Float64), entry.Value.Count));
    }

    /// <summary>Adds a value, a tensor of one element.</summary>
    public void Add(string name, Tensor value)
    {
        using (no_grad())
        using (NewDisposeScope())
            pending.Add((name, value.detach().to(ScalarType.Float32, copy: true).reshape([]).DetachFromDisposeScope()));
    }

    /// <summary>Fetches what is pending where it has become much. Belongs between iterations: a GPU is waited for.</summary>
    public void Bound()
    {
        if (pending.Count >= Most)
            Fetch();
    }

    /// <summary>Reads the averages since the last read, and starts anew.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        Fetch();
        var averages = sums.ToDictionary(entry => entry.Key, entry => entry.Value.Count > 0 ? entry.Value.Total / entry.Value.Count : double.NaN);
        sums.Clear();
        return averages;
    }

    /// <summary>Forgets everything that was not read.</summary>
    public void Clear()
    {
        Dispose();
        sums.Clear();
    }

    /// <summary>Continues from a checkpoint.</summary>
    public void Restore(string name, Tensor sum, long count)
    {
        var values = sum.data<double>().ToArray();
        sums[name] = new Sum(values[0], count, values[1]);
    }

    public void Dispose()
    {
        foreach (var (_, value) in pending)
            value.Dispose();
        pending.Clear();
    }

    private void Fetch()
    {
        if (pending.Count == 0)
            return;
        using var scope = NewDisposeScope();
        var values = stack(pending.Select(entry => entry.Value)).cpu().data<float>().ToArray();
        foreach (var ((name, _), value) in pending.Zip(values))
        {
            var sum = sums.GetValueOrDefault(name);
            sums[name] = float.IsFinite(value) ? sum with { Total = sum.Total + value, Count = sum.Count + 1 } : sum with { Broken = sum.Broken + 1 };
        }
        Dispose();
    }

    private record struct Sum(double Total, long Count, double Broken);
}
