using NUnit.Framework;
using PluginGan.Plugins.Mlp;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Mlp;

public sealed class FourierFeaturesTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp()
    {
        scope = NewDisposeScope();
        manual_seed(1);
    }

    [TearDown]
    public void TearDown() => scope.Dispose();

    [Test]
    public void Sines_and_cosines_stand_behind_each_sample_of_a_pack()
    {
        var features = new FourierFeatures(2, 3, 1, 4);
        var waves = Waves(features).data<float>().ToArray();
        float[] pack = [0.3f, -0.7f, 1.1f, 0.2f];

        var expected = new List<double>();
        foreach (var sample in pack.Chunk(2))
        {
            var phases = Enumerable.Range(0, 3).Select(wave => (double)sample[0] * waves[wave] + (double)sample[1] * waves[3 + wave]).ToList();
            expected.AddRange([sample[0], sample[1], .. phases.Select(Math.Sin), .. phases.Select(Math.Cos)]);
        }

        Assert.That(features.call(tensor(pack).reshape(1, 4)).data<float>(), Is.EqualTo(expected).Within(1e-5));
        Assert.That(features.Outputs, Is.EqualTo(8));
    }

    [Test]
    public void Frequencies_go_in_equal_ratios_from_the_lowest_to_the_highest() =>
        Assert.That(Waves(new FourierFeatures(3, 4, 0.5, 4)).norm(0, p: 2).data<float>(), Is.EqualTo([0.5, 1, 2, 4]).Within(1e-5));

    [Test]
    public void Directions_are_spread_evenly()
    {
        var directions = Waves(new FourierFeatures(2, 10_000, 1, 1));
        Assert.That(directions.mean([1]).abs().max().item<float>(), Is.LessThan(0.03));
        Assert.That(directions.square().mean([1]).data<float>(), Is.EqualTo([0.5, 0.5]).Within(0.02));
    }

    [Test]
    public void The_waves_are_saved_and_not_trained()
    {
        var features = new FourierFeatures(2, 3, 1, 4);
        Assert.That(features.state_dict().Keys, Is.EqualTo(["waves"]));
        Assert.That(features.parameters(), Is.Empty);
    }

    private static Tensor Waves(FourierFeatures features) => features.state_dict()["waves"];
}
