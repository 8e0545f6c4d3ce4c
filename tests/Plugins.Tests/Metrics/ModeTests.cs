using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Modes of mixtures and of stacked images, counted on samples whose answer is known.</summary>
public sealed class ModeTests
{
    private static readonly ModeCoverageOptions Grid = new() { Layout = ModeLayout.Grid, Deviation = 0.05 };

    [Test]
    public void The_ring_of_the_literature_is_the_default()
    {
        var angles = arange(8, dtype: float64) * (Math.PI / 4);
        var modes = stack([angles.cos(), angles.sin()], 1);
        Assert.That(Coverage(modes), Is.EqualTo((1.0, 8.0, 0.0)).Using<(double, double, double)>(Near));
        Assert.That(Coverage(modes * 1.029), Is.EqualTo((1.0, 8.0, 0.0)).Using<(double, double, double)>(Near), "within 3 standard deviations");
        Assert.That(Coverage(modes * 1.031), Is.EqualTo((0.0, 0.0, 0.0)).Using<(double, double, double)>(Near), "beyond them");
    }

    [Test]
    public void The_grid_of_the_literature_can_be_described()
    {
        var along = arange(-4, 5, 2, dtype: float64);
        var modes = cartesian_prod(along, along);
        Assert.That(Coverage(modes, Grid), Is.EqualTo((1.0, 25.0, 0.0)).Using<(double, double, double)>(Near));
        Assert.That(Coverage(modes + 0.2, Grid), Is.EqualTo((0.0, 0.0, 0.0)).Using<(double, double, double)>(Near));
    }

    [Test]
    public void Missing_modes_and_their_divergence_show()
    {
        // Three of four samples at one mode of the ring, one at another, and one astray that is nearest to the first.
        var samples = tensor(new[,] { { 1.0, 0 }, { 1, 0 }, { 1, 0 }, { -1, 0 }, { 0.5, 0 } });
        Assert.That(Coverage(samples), Is.EqualTo((0.8, 2.0, 0.8 * Math.Log(0.8 * 8) + 0.2 * Math.Log(0.2 * 8))).Using<(double, double, double)>(Near));
    }

    [Test]
    public void True_samples_of_the_grid_read_as_the_literature_says()
    {
        random.manual_seed(1);
        var along = arange(-4, 5, 2, dtype: float64);
        var samples = cartesian_prod(along, along).repeat(1000, 1) + 0.05 * randn(25_000, 2, dtype: float64);
        var (quality, modes, _) = Coverage(samples, Grid);
        // 1 - exp(-9 / 2) of a normal distribution in the plane; the standard error is 0.0007.
        Assert.That(quality, Is.EqualTo(0.98889).Within(0.003));
        Assert.That(modes, Is.EqualTo(25));
    }

    [Test]
    public void Modes_can_lie_anywhere_in_any_number_of_dimensions()
    {
        var options = new ModeCoverageOptions { Layout = ModeLayout.Points, Centres = [0, 0, 0, 1, 2, 3], Deviation = 0.1 };
        Assert.That(Coverage(tensor(new[,] { { 1.0, 2, 3 }, { 1, 2, 2.8 } }), options), Is.EqualTo((1.0, 1.0, Math.Log(2))).Using<(double, double, double)>(Near));
    }

    [TestCase(ModeLayout.Ring, 3, "points of 2 coordinates and the data has 3")]
    [TestCase(ModeLayout.Points, 3, "'centres' holds 0 numbers")]
    public void Modes_of_another_space_are_refused(ModeLayout layout, int size, string message) =>
        Assert.That(() => Coverage(zeros(4, size), new ModeCoverageOptions { Layout = layout }), Throws.TypeOf<ComponentException>().With.Message.Contains(message));

    [Test]
    public void Centres_that_do_not_fill_a_mode_are_refused() =>
        Assert.That(() => Coverage(zeros(4, 3), new ModeCoverageOptions { Layout = ModeLayout.Points, Centres = [1, 2, 3, 4] }),
            Throws.TypeOf<ComponentException>().With.Message.Contains("holds 4 numbers").And.Message.Contains("needs 3 for each mode"));

    [Test]
    public void Samples_that_are_no_numbers_or_no_vectors_are_refused()
    {
        Assert.That(() => Coverage(zeros(4, 2) / 0.0), Throws.TypeOf<ComponentException>().With.Message.Contains("generated samples hold NaN"));
        Assert.That(() => MeasuredBy.Values("mode-coverage", new GivenContext(new ImageSpec(1, 28, 28), null, new Batch(zeros(4, 1, 28, 28)))),
            Throws.TypeOf<ComponentException>().With.Message.Contains("takes vectors or tables, but the data is image 28×28 (1 channel)"));
    }

    [Test]
    public void Every_combination_of_channels_is_a_mode_of_its_own()
    {
        // Two channels of three classes, classes (2, 0), (0, 2), (2, 0): two modes of nine.
        var values = Stacked(2, [9, 0, 0, 0, 0, 9], [0, 0, 9, 9, 0, 0], [9, 0, 0, 0, 0, 9]);
        Assert.That(values["stacked-modes"], Is.EqualTo(2));
        Assert.That(values["stacked-kl"], Is.EqualTo(2 / 3.0 * Math.Log(6) + 1 / 3.0 * Math.Log(3)).Within(1e-12));
    }

    [Test]
    public void A_thousand_stacked_modes_are_counted()
    {
        var digits = cartesian_prod(arange(10), arange(10), arange(10));
        var logits = nn.functional.one_hot(digits, 10).to(float32).flatten(1);
        var context = new GivenContext(new ImageSpec(3, 28, 28), null, new Batch(logits));
        Assert.That(MeasuredBy.Values("stacked-modes", context), Is.EqualTo(new Dictionary<string, double> { ["stacked-modes"] = 1000, ["stacked-kl"] = 0 }));
    }

    [Test]
    public void Logits_that_do_not_divide_into_channels_are_refused() =>
        Assert.That(() => Stacked(2, [1, 2, 3]), Throws.TypeOf<ComponentException>().With.Message.Contains("gives 3 logits").And.Message.Contains("each of 2 channels"));

    private static Dictionary<string, double> Stacked(int channels, params float[][] logits) =>
        MeasuredBy.Values("stacked-modes", new GivenContext(new ImageSpec(channels, 28, 28), null, new Batch(stack(logits.Select(row => tensor(row))))));

    private static (double Quality, double Modes, double Divergence) Coverage(Tensor samples, ModeCoverageOptions? options = null)
    {
        var values = MeasuredBy.Values("mode-coverage", samples, samples, options);
        return (values["high-quality"], values["modes"], values["mode-kl"]);
    }

    private static bool Near((double, double, double) first, (double, double, double) second) =>
        Math.Abs(first.Item1 - second.Item1) + Math.Abs(first.Item2 - second.Item2) + Math.Abs(first.Item3 - second.Item3) < 1e-9;
}
