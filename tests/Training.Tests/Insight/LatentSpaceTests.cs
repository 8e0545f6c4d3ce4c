using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class LatentSpaceTests
{
    private static readonly LatentSpec Mixed = new([new NormalPart(3), new CategoricalPart(4), new UniformPart(2)]);

    [Test]
    public void A_latent_is_moved_along_a_direction_and_stays_where_it_is_across_it()
    {
        using var scope = NewDisposeScope();
        var space = new LatentSpace(LatentSpec.Normal(5));
        var latents = Latents(LatentSpec.Normal(5));
        var direction = nn.functional.normalize(randn(1, 5)).squeeze(0);

        var moved = space.Place(latents, direction, 2.5);

        Assert.That(moved.mv(direction).data<float>().ToArray(), Has.All.EqualTo(2.5).Within(1e-5));
        Tensor Across(Tensor rows) => rows.sub(rows.mv(direction).unsqueeze(1).mul(direction));
        Assert.That(Across(moved).allclose(Across(latents), atol: 1e-5));
    }

    [Test]
    public void Only_continuous_values_are_directions_and_uniform_ones_end_at_their_bounds()
    {
        using var scope = NewDisposeScope();
        var space = new LatentSpace(Mixed);
        var latents = Latents(Mixed);
        var uniform = space.Axes([7])[0];

        Assert.That(space.Coordinates, Is.EqualTo(new[] { 0, 1, 2, 7, 8 }));
        Assert.That(space.Categories, Is.EqualTo(new[] { (3, 4) }));
        Assert.That(space.Positions(space.Axes([1])[0], 3), Is.EqualTo(new[] { -3.0, 0, 3 }));
        // A uniform value deviates by 1/√3 and goes no further than 1.
        Assert.That(space.Positions(uniform, 3), Is.EqualTo(new[] { -Math.Sqrt(3), 0, Math.Sqrt(3) }).Within(1e-6));
        Assert.That(space.Place(latents, uniform, Math.Sqrt(3)).narrow(1, 7, 1).data<float>().ToArray(), Has.All.EqualTo(1).Within(1e-6));
        Assert.That(space.Place(latents, uniform, 3).abs().max().item<float>(), Is.LessThanOrEqualTo(latents.abs().max().item<float>()).Or.EqualTo(1));
        Assert.That(space.Place(latents, uniform, 3).narrow(1, 3, 4).equal(latents.narrow(1, 3, 4)).all().item<bool>());
    }

    [Test]
    public void A_category_takes_the_place_of_another()
    {
        using var scope = NewDisposeScope();
        var space = new LatentSpace(Mixed);
        var latents = Latents(Mixed);

        var chosen = space.Choose(latents, 0, 2);

        Assert.That(chosen.narrow(1, 3, 4).data<float>().ToArray().Chunk(4), Has.All.EqualTo(new float[] { 0, 0, 1, 0 }));
        Assert.That(chosen.narrow(1, 7, 2).equal(latents.narrow(1, 7, 2)).all().item<bool>() && chosen.narrow(1, 0, 3).equal(latents.narrow(1, 0, 3)).all().item<bool>());
    }

    [Test]
    public void Between_two_latents_normal_values_keep_their_length_uniform_ones_go_straight_and_categories_stay()
    {
        using var scope = NewDisposeScope();
        var (from, to) = (Latents(Mixed).narrow(0, 0, 2), Latents(Mixed).narrow(0, 2, 2));

        var middle = new LatentSpace(Mixed).Between(from, to, 0.5);

        Assert.That(middle.narrow(1, 0, 3).allclose(Slerp.Between(from.narrow(1, 0, 3), to.narrow(1, 0, 3), 0.5)));
        Assert.That(middle.narrow(1, 3, 4).equal(from.narrow(1, 3, 4)).all().item<bool>());
        Assert.That(middle.narrow(1, 7, 2).allclose((from.narrow(1, 7, 2) + to.narrow(1, 7, 2)) / 2));
    }

    [Test]
    public void With_a_time_axis_a_coordinate_is_moved_at_all_steps_alike()
    {
        using var scope = NewDisposeScope();
        var spec = LatentSpec.Normal(2) with { Length = 4 };
        var space = new LatentSpace(spec);
        var latents = Latents(spec);

        var change = space.Place(latents, space.Axes([1])[0], 3).sub(latents);

        Assert.That(change.shape, Is.EqualTo(new long[] { 4, 4, 2 }));
        Assert.That(change.narrow(2, 0, 1).abs().max().item<float>(), Is.Zero);
        Assert.That(change.narrow(2, 1, 1).sub(change.narrow(2, 1, 1).narrow(1, 0, 1)).abs().max().item<float>(), Is.LessThan(1e-6));
        Assert.That(change.abs().max().item<float>(), Is.GreaterThan(0.1f));
    }

    private static Tensor Latents(LatentSpec spec) => Training.Latents.Draw(spec, 4, 1, CPU);
}
