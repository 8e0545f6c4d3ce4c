using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Latents are distributed as their parts say, value by value and side by side.</summary>
public class LatentDistributionTests
{
    private const int Count = 20_000;

    // Five standard errors of a mean of so many values with variance 1.
    private const double Tolerance = 0.036;

    [Test]
    public void Uniform_values_fill_minus_one_to_one()
    {
        using var scope = NewDisposeScope();
        var values = Draw(new UniformPart(2));

        foreach (var column in values.unbind(1))
        {
            var sorted = column.sort().Values.data<float>().ToArray();
            // The largest gap to the line that evenly spread values lie on.
            var gap = sorted.Select((value, place) => Math.Abs((value + 1) / 2 - (place + 0.5) / Count)).Max();
            Assert.That(gap, Is.LessThan(1.95 / Math.Sqrt(Count)), "Kolmogorov and Smirnov's bound at one in a thousand");
            Assert.That(sorted[0], Is.InRange(-1, -0.998));
            Assert.That(sorted[^1], Is.InRange(0.998, MathF.BitDecrement(1)));
        }
    }

    [Test]
    public void Normal_values_have_the_moments_and_the_tails_of_a_standard_normal_distribution()
    {
        using var scope = NewDisposeScope();
        foreach (var column in Draw(new NormalPart(2)).unbind(1))
        {
            Assert.That(column.mean().item<float>(), Is.Zero.Within(Tolerance));
            Assert.That(column.square().mean().item<float>(), Is.EqualTo(1).Within(1.5 * Tolerance));
            Assert.That(column.pow(3).mean().item<float>(), Is.Zero.Within(4 * Tolerance));
            Assert.That(column.pow(4).mean().item<float>(), Is.EqualTo(3).Within(10 * Tolerance));
            Assert.That(column.abs().gt(2.5758).to(ScalarType.Float32).mean().item<float>(), Is.EqualTo(0.01).Within(0.1 * Tolerance));
        }
    }

    [Test]
    public void Categories_are_one_hot_and_equally_likely()
    {
        using var scope = NewDisposeScope();
        var values = Draw(new CategoricalPart(5));

        Assert.That(values.eq(1).sum(1).eq(1).all().item<bool>() && values.sum(1).eq(1).all().item<bool>(), Is.True);
        Assert.That(values.mean([0]).data<float>().ToArray(), Is.All.EqualTo(0.2).Within(0.4 * Tolerance));
    }

    // Parts that shared their draws would let a generator see half of what it is given.
    [Test]
    public void Parts_values_steps_and_rows_are_independent_of_each_other()
    {
        using var scope = NewDisposeScope();
        var values = Draw(2, new NormalPart(2), new UniformPart(2), new NormalPart(1), new UniformPart(1)).flatten(1);
        values = (values - values.mean([0])) / values.std(0);

        var together = values.T.mm(values) / Count - eye(12);
        var shifted = values.narrow(0, 1, Count - 1).T.mm(values.narrow(0, 0, Count - 1)) / Count;

        Assert.That(together.abs().max().item<float>(), Is.LessThan(Tolerance));
        Assert.That(shifted.abs().max().item<float>(), Is.LessThan(Tolerance));
    }

    [Test]
    public void Equal_seeds_give_equal_latents_and_others_give_others()
    {
        using var scope = NewDisposeScope();
        var spec = new LatentSpec([new NormalPart(1), new UniformPart(1)]);
        var (first, again, other) = (Latents.Draw(spec, 100, 7, CPU), Latents.Draw(spec, 100, 7, CPU), Latents.Draw(spec, 100, 8, CPU));

        Assert.That(again.Equals(first));
        Assert.That(other.eq(first).any().item<bool>(), Is.False);
    }

    private static Tensor Draw(params LatentPart[] parts) => Draw(null, parts);

    private static Tensor Draw(int? length, params LatentPart[] parts) => Latents.Draw(new LatentSpec(parts) { Length = length }, Count, 11, CPU);
}
