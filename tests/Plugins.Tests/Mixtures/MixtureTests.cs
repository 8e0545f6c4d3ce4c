using NUnit.Framework;
using PluginGan.Plugins.Mixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

public class MixtureTests
{
    [Test]
    public void The_ring_has_eight_modes_of_deviation_a_hundredth_on_the_unit_circle()
    {
        using var scope = NewDisposeScope();
        using var ring = Open("mixture-ring", new RingOptions { Labels = true });
        var (samples, modes) = Everything(ring);

        Assert.That((ring.Spec.Sample, ring.Count), Is.EqualTo((new VectorSpec(2), 100_000)));
        for (var mode = 0; mode < 8; mode++)
        {
            var points = samples[modes.eq(mode)];
            var angle = 2 * Math.PI * mode / 8;
            Assert.That(points.shape[0], Is.EqualTo(12_500).Within(500));
            Assert.That(points.mean([0]).data<float>().ToArray(), Is.EqualTo(new[] { (float)Math.Cos(angle), (float)Math.Sin(angle) }).Within(1e-3f));
            Assert.That(points.std(0).data<float>().ToArray(), Is.All.EqualTo(0.01f).Within(3e-4f));
        }
    }

    [Test]
    public void The_grid_has_its_modes_at_even_numbers_from_minus_4_to_4_with_deviation_a_twentieth()
    {
        using var scope = NewDisposeScope();
        using var grid = Open("mixture-grid", new GridOptions { Labels = true });
        var (samples, modes) = Everything(grid);
        var centres = samples.div(2).round().mul(2);
        var seen = centres.data<float>().ToArray().Chunk(2).Select(centre => (centre[0], centre[1])).Distinct().ToList();

        Assert.That(seen, Has.Count.EqualTo(25));
        Assert.That(seen, Is.All.Matches(((float X, float Y) centre) => Math.Abs(centre.X) <= 4 && Math.Abs(centre.Y) <= 4));
        Assert.That((samples - centres).std().item<float>(), Is.EqualTo(0.05f).Within(1e-3f));
        Assert.That(modes.unique().output.shape[0], Is.EqualTo(25));
    }

    [Test]
    public void True_data_is_within_three_deviations_of_a_mode_as_often_as_the_literature_says()
    {
        using var scope = NewDisposeScope();
        using var ring = Open("mixture-ring", new RingOptions());
        var (samples, _) = Everything(ring);
        var angles = samples.select(1, 1).atan2(samples.select(1, 0)).div(Math.PI / 4).round().mul(Math.PI / 4);
        var near = (samples - stack([angles.cos(), angles.sin()], 1)).pow(2).sum(1).le(9e-4).to(ScalarType.Float64).mean().item<double>();

        Assert.That(near, Is.EqualTo(0.989).Within(0.002));
    }

    [Test]
    public void A_seed_gives_the_same_points_again_and_the_other_split_and_other_seeds_give_others()
    {
        using var scope = NewDisposeScope();
        float[] Points(RingOptions options)
        {
            using var ring = Open("mixture-ring", options);
            return ring.Read([0, 1, 2], 5).Samples.data<float>().ToArray();
        }

        var first = Points(new RingOptions { Count = 10 });

        Assert.That(Points(new RingOptions { Count = 10 }), Is.EqualTo(first));
        Assert.That(Points(new RingOptions { Count = 10, Split = Split.Test }), Is.Not.EqualTo(first));
        Assert.That(Points(new RingOptions { Count = 10, Seed = 1 }), Is.Not.EqualTo(first));
    }

    [Test]
    public void Points_without_labels_come_without_condition()
    {
        using var scope = NewDisposeScope();
        using var grid = Open("mixture-grid", new GridOptions { Side = 2, Spacing = 10, Count = 50 });

        Assert.That(grid.Spec.Condition, Is.EqualTo(ConditionSpec.None));
        Assert.That(grid.Read([0], 0).Condition, Is.Null);
        Assert.That(((IInMemory)grid).Conditions, Is.Null);
        Assert.That(((IInMemory)grid).Samples.abs().sub(5).abs().max().item<float>(), Is.LessThan(1), "two modes along each side, 10 apart");
    }

    private static Dataset Open(string name, object options) => new Registered(new MixturesPlugin()).Create<Dataset>(name, options);

    private static (Tensor Samples, Tensor Modes) Everything(Dataset dataset)
    {
        var held = (IInMemory)dataset;
        return (held.Samples, held.Conditions ?? zeros(dataset.Count));
    }
}
