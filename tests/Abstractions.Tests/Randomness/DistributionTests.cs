using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Abstractions.Tests.Randomness;

/// <summary>Whether what is drawn is distributed as it says. Seeds are fixed: bounds are those that one set of draws in some ten thousand
/// would exceed.</summary>
public class DistributionTests
{
    private const int Count = 400_000;

    [Test]
    public void Uniform_values_fill_their_range_evenly([Values(1, 100)] int size)
    {
        using var scope = NewDisposeScope();
        var values = Drawn(() => Draws.Uniform(Count / size, [size]));

        Assert.That((values.Min(), values.Max()), Is.EqualTo((0.0, 1.0)).Within(1e-4));
        Assert.That(values.Max(), Is.LessThan(1));
        Assert.That(Distance(values, sorted => sorted), Is.LessThan(2.2 / Math.Sqrt(Count)));
    }

    [Test]
    public void Normal_values_are_standard_normal([Values(1, 2, 100)] int size)
    {
        using var scope = NewDisposeScope();
        var values = Drawn(() => Draws.Normal(Count / size, [size]));
        double Moment(int power) => values.Average(value => Math.Pow(value, power));

        Assert.Multiple(() =>
        {
            Assert.That(Moment(1), Is.Zero.Within(4 / Math.Sqrt(Count)));
            Assert.That(Moment(2), Is.EqualTo(1).Within(4 * Math.Sqrt(2.0 / Count)));
            Assert.That(Moment(3), Is.Zero.Within(4 * Math.Sqrt(15.0 / Count)));
            Assert.That(Moment(4), Is.EqualTo(3).Within(4 * Math.Sqrt(96.0 / Count)));
            Assert.That(Distance(values, Normal), Is.LessThan(2.2 / Math.Sqrt(Count)));
        });
    }

    [Test]
    public void Whole_numbers_are_equally_likely([Values(2, 7, 1000)] int below)
    {
        using var scope = NewDisposeScope();
        using var draws = Draws.Begin(17);
        var counts = Draws.Integers(Count, [], below).bincount(null, below).data<long>().ToArray();
        var expected = Count / (double)below;

        Assert.That(counts, Has.Length.EqualTo(below));
        // χ² has below - 1 degrees of freedom.
        Assert.That(counts.Sum(count => (count - expected) * (count - expected) / expected), Is.LessThan(below - 1 + 4 * Math.Sqrt(2.0 * (below - 1)) + 8));
    }

    [Test]
    public void Neighbours_are_independent()
    {
        using var scope = NewDisposeScope();
        const int Rows = 2000, Size = 100;
        using var draws = Draws.Begin(23);
        var (one, other) = (Draws.Normal(Rows, [Size]), Draws.Normal(Rows, [Size]));
        Tensor next;
        using (Draws.Begin(24))
            next = Draws.Normal(Rows, [Size]);

        Assert.Multiple(() =>
        {
            Assert.That(Correlation(one, other), Is.LessThan(4), "streams");
            Assert.That(Correlation(one, next), Is.LessThan(4), "seeds");
            Assert.That(Correlation(one.narrow(0, 0, Rows - 1), one.narrow(0, 1, Rows - 1)), Is.LessThan(4), "rows");
            Assert.That(Correlation(one.narrow(1, 0, Size - 1), one.narrow(1, 1, Size - 1)), Is.LessThan(4), "elements");
            // Both values of a pair share a radius: dependent squares would show a wrong angle.
            Assert.That(Correlation(one.narrow(1, 0, Size - 1).square().sub(1), one.narrow(1, 1, Size - 1).square().sub(1), 2), Is.LessThan(4), "squares of elements");
        });
    }

    // In standard deviations of what independent values have.
    private static double Correlation(Tensor one, Tensor other, double variance = 1) => Math.Abs(one.mul(other).mean().item<float>()) / variance * Math.Sqrt(one.numel());

    private static double[] Drawn(Func<Tensor> draw)
    {
        using var draws = Draws.Begin(11);
        return [.. draw().data<float>().ToArray().Select(value => (double)value)];
    }

    // Kolmogorov's: the largest distance of the empirical distribution from the expected one.
    private static double Distance(double[] values, Func<Tensor, Tensor> distribution)
    {
        var sorted = tensor(values).sort().Values;
        var (expected, places) = (distribution(sorted), arange(Count, dtype: ScalarType.Float64));
        return Math.Max(expected.sub(places.div(Count)).abs().max().item<double>(), expected.sub(places.add(1).div(Count)).abs().max().item<double>());
    }

    private static Tensor Normal(Tensor values) => special.erfc(values.div(-Math.Sqrt(2))).mul(0.5);
}
