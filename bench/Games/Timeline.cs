using System.Diagnostics;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Bench.Games;

/// <summary>
/// The time of each iteration by what the loop was at. The parts of a game report when they begin and end; what lies between two reports belongs to
/// the part that was entered last, so that the parts add up to the whole.
/// </summary>
internal sealed class Timeline(torch.Device device, int warmUp, int count) : ITrainingObserver, IDisposable
{
    private const string Loop = "the loop: plan, gradients set to zero, scalars";

    private readonly CancellationTokenSource end = new();
    private readonly Dictionary<string, double> iteration = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, double>> iterations = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private string part = Loop;

    /// <summary>Cancelled when all iterations are recorded.</summary>
    public CancellationToken Ended => end.Token;

    /// <summary>Milliseconds of each recorded iteration.</summary>
    public IReadOnlyList<double> Whole => [.. Recorded.Select(parts => parts.Values.Sum())];

    /// <summary>Milliseconds in each recorded iteration by part, in the order in which the parts first came up.</summary>
    public IEnumerable<(string Part, IReadOnlyList<double> Times)> Parts =>
        Recorded.SelectMany(parts => parts.Keys).Distinct().Select(name => (name, (IReadOnlyList<double>)[.. Recorded.Select(parts => parts.GetValueOrDefault(name))]));

    private IEnumerable<Dictionary<string, double>> Recorded => iterations.Skip(warmUp).Take(count);

    /// <summary>Another part begins.</summary>
    /// <returns>The part that was interrupted, to be entered again.</returns>
    public string Enter(string next)
    {
        device.Wait();
        iteration[part] = iteration.GetValueOrDefault(part) + watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        var before = part;
        part = next;
        return before;
    }

    /// <summary>Runs something as a part of its own.</summary>
    public T During<T>(string name, Func<T> action)
    {
        var before = Enter(name);
        var result = action();
        Enter(before);
        return result;
    }

    /// <inheritdoc/>
    public void Iterated()
    {
        Enter(Loop);
        iterations.Add(new Dictionary<string, double>(iteration));
        iteration.Clear();
        if (iterations.Count == warmUp + count)
            end.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => end.Dispose();
}
