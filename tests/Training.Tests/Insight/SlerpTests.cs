using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class SlerpTests
{
    [Test]
    public void The_way_leads_along_the_sphere_at_even_speed_and_ends_where_it_should()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        var (from, to) = (Sphere(generator), Sphere(generator));
        var places = Enumerable.Range(0, 9).Select(step => Slerp.Between(from, to, step / 8.0)).ToList();

        double[] Angles(Tensor left, Tensor right) => left.mul(right).sum(1).clamp(-1, 1).acos().data<double>().ToArray();
        var whole = Angles(from, to);
        Assert.Multiple(() =>
        {
            Assert.That(places[0].allclose(from) && places[8].allclose(to));
            foreach (var place in places)
                Assert.That(place.square().sum(1).data<double>().ToArray(), Has.All.EqualTo(1).Within(1e-12));
            for (var step = 1; step < 9; step++)
                Assert.That(Angles(places[step - 1], places[step]), Is.EqualTo(whole.Select(angle => angle / 8)).Within(1e-7));
        });
    }

    [Test]
    public void The_middle_of_two_normal_latents_is_as_long_as_they_are_where_the_straight_line_is_shorter()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        var latents = randn(2, 512, generator: generator);
        var (from, to) = (latents.narrow(0, 0, 1), latents.narrow(0, 1, 1));

        double Length(Tensor latent) => latent.norm().item<float>();
        Assert.That(Length(Slerp.Between(from, to, 0.5)), Is.EqualTo((Length(from) + Length(to)) / 2).Within(0.05 * Length(from)));
        Assert.That(Length((from + to) / 2), Is.LessThan(0.8 * Length(from)));
    }

    [TestCase(2f, 5f, 3.5f, TestName = "Between two points in one direction lies their mean")]
    [TestCase(2f, -4f, -1f, TestName = "Between opposite points, of which the arc is undefined, lies their mean")]
    [TestCase(0f, 4f, 2f, TestName = "Between the middle of the sphere and a point lies their mean")]
    public void Where_there_is_no_arc_the_way_is_straight(float from, float to, float half)
    {
        using var scope = NewDisposeScope();
        Tensor Point(float value) => tensor(new[] { value, 0f }).reshape(1, 2);

        Assert.That(Slerp.Between(Point(from), Point(to), 0.5).data<float>().ToArray(), Is.EqualTo(new[] { half, 0f }).Within(1e-5));
    }

    private static Tensor Sphere(Generator generator)
    {
        var points = randn([4, 6], dtype: ScalarType.Float64, generator: generator);
        return points.div(points.square().sum(1, keepdim: true).sqrt());
    }
}
