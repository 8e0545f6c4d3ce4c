using NUnit.Framework;
using PluginGan.Plugins.Metrics;

namespace PluginGan.Plugins.Tests;

/// <summary>Random choices that are functions of their seed.</summary>
public sealed class ShuffleTests
{
    [Test]
    public void A_subset_has_so_many_different_positions_and_depends_on_the_seed()
    {
        var first = Shuffle.subset(1, 1000, 300);
        Assert.That(first, Is.Unique.And.Length.EqualTo(300).And.All.InRange(0, 999));
        Assert.That(Shuffle.subset(1, 1000, 300), Is.EqualTo(first));
        Assert.That(Shuffle.subset(2, 1000, 300), Is.Not.EqualTo(first));
    }

    [Test]
    public void Every_position_is_as_likely_as_any_other()
    {
        var chosen = Enumerable.Range(0, 4000).SelectMany(number => Shuffle.subset(Shuffle.seedOf(5, number), 10, 3)).ToLookup(position => position);
        // 1200 of each; the standard deviation is 29.
        Assert.That(Enumerable.Range(0, 10).Select(position => chosen[position].Count()), Is.All.EqualTo(1200).Within(120));
    }

    [Test]
    public void Parts_are_everything_once_in_sizes_that_differ_by_one()
    {
        var parts = Shuffle.parts(3, 103, 10);
        Assert.That(parts.SelectMany(part => part).Order(), Is.EqualTo(Enumerable.Range(0, 103)));
        Assert.That(parts.Select(part => part.Length), Is.All.InRange(10, 11));
    }

    [TestCase(50, 100, 100)]
    [TestCase(5, 100, 10)]
    [TestCase(5, 9, 9)]
    [TestCase(2, 1, 1)]
    public void Pairs_are_of_different_positions_and_none_comes_twice(int count, int wanted, int expected)
    {
        var pairs = Shuffle.pairs(4, count, wanted);
        Assert.That(pairs, Is.Unique.And.Length.EqualTo(expected));
        Assert.That(pairs, Is.All.Matches<ValueTuple<long, long>>(pair => pair.Item1 < pair.Item2 && pair.Item2 < count && pair.Item1 >= 0));
    }
}
