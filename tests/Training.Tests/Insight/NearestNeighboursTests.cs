using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class NearestNeighboursTests
{
    [Test]
    public void The_neighbours_of_candidates_in_pieces_are_those_of_a_search_through_all()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (queries, candidates) = (randn(7, 5), randn(103, 5));
        var search = new NearestNeighbours(queries, 4);

        for (var from = 0; from < 103; from += 10)
        {
            var size = Math.Min(10, 103 - from);
            search.Add(candidates.narrow(0, from, size), [.. Enumerable.Range(from, size).Select(index => (long)index)]);
        }

        var all = candidates.unsqueeze(0).sub(queries.unsqueeze(1)).to(ScalarType.Float64).square().sum(2).sqrt().data<double>().ToArray().Chunk(103).ToArray();
        for (var query = 0; query < 7; query++)
        {
            var expected = all[query].Select((distance, number) => (distance, number: (long)number)).Order().Take(4).ToArray();
            Assert.That(search.Found[query].Select(neighbour => neighbour.Number), Is.EqualTo(expected.Select(pair => pair.number)));
            Assert.That(search.Found[query].Select(neighbour => neighbour.Distance), Is.EqualTo(expected.Select(pair => pair.distance)).Within(1e-5));
        }
    }

    [Test]
    public void A_copy_is_at_distance_zero_however_far_from_the_origin_and_of_equals_the_first_comes_first()
    {
        using var scope = NewDisposeScope();
        var point = ones(1, 3).mul(10_000.1f);
        var search = new NearestNeighbours(point, 2);

        search.Add(cat([point.add(1), point, point, point]), [4, 5, 6, 7]);

        Assert.That(search.Found[0], Is.EqualTo(new[] { new Neighbour(5, 0), new Neighbour(6, 0) }));
    }

    [Test]
    public void A_sample_is_not_its_own_neighbour()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new float[] { 0, 1, 5 }).reshape(3, 1);
        var search = new NearestNeighbours(points, 1, [0, 1, 2]);

        search.Add(points, [0, 1, 2]);

        Assert.That(search.Found.Select(list => list[0]), Is.EqualTo(new[] { new Neighbour(1, 1), new Neighbour(0, 1), new Neighbour(1, 4) }));
    }
}
