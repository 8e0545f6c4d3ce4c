using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The exact nearest neighbours of some points among many that come in pieces: only distances to the best are kept.</summary>
/// <param name="queries">[Q, F], on any device.</param>
/// <param name="count">How many neighbours each is to have.</param>
/// <param name="excluded">For each query the number of a candidate that is no neighbour, since it is the query itself; null where there are none such.</param>
public sealed class NearestNeighbours(Tensor queries, int count, IReadOnlyList<long>? excluded = null)
{
    private readonly List<Neighbour>[] nearest = [.. Enumerable.Range(0, (int)queries.shape[0]).Select(_ => new List<Neighbour>(count + 1))];

    /// <summary>The neighbours of each query so far, nearest first; of equally near ones the one that came first.</summary>
    public IReadOnlyList<IReadOnlyList<Neighbour>> Found => nearest;

    /// <summary>Looks at more candidates.</summary>
    /// <param name="candidates">[M, F], on the device of the queries.</param>
    /// <param name="numbers">Their numbers, M of them.</param>
    public void Add(Tensor candidates, IReadOnlyList<long> numbers)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        // Not by products of matrices, which lose the small distances.
        var distances = cdist(queries, candidates, 2, compute_mode.donot_use_mm_for_euclid_dist).cpu().to(ScalarType.Float64).data<double>().ToArray();
        for (var query = 0; query < nearest.Length; query++)
            for (var candidate = 0; candidate < numbers.Count; candidate++)
                if (excluded?[query] != numbers[candidate])
                    Consider(nearest[query], new Neighbour(numbers[candidate], distances[query * numbers.Count + candidate]));
    }

    private void Consider(List<Neighbour> known, Neighbour candidate)
    {
        if (known.Count == count && candidate.Distance >= known[^1].Distance)
            return;
        var place = known.FindIndex(other => candidate.Distance < other.Distance);
        known.Insert(place < 0 ? known.Count : place, candidate);
        if (known.Count > count)
            known.RemoveAt(count);
    }
}

/// <summary>A neighbour.</summary>
/// <param name="Number">Which candidate it is.</param>
/// <param name="Distance">The Euclidean distance.</param>
public readonly record struct Neighbour(long Number, double Distance);
