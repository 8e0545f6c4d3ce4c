using NUnit.Framework;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

public sealed class ResamplingTests
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
    public void Halving_is_the_filter_1_3_3_1_as_numpy_has_it()
    {
        // layers_reference.py
        double[] expected = [0.027528, 0.207210, 0.091045, 0.149828, -0.080313, -0.195785];
        Assert.That(Resampling.Down(Wave.Of(0.7, 1, 1, 4, 6)).flatten().data<double>(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Doubling_is_the_filter_1_3_3_1_as_numpy_has_it()
    {
        // layers_reference.py
        double[] expected =
        [
            0.644218, 0.729526, 0.900142, 0.954890, 0.893769, 0.863209, 0.566910, 0.588031, 0.630271, 0.595922, 0.484983, 0.429513,
            0.412296, 0.305040, 0.090530, -0.122014, -0.332591, -0.437879, 0.334988, 0.163545, -0.179340, -0.480981, -0.741378, -0.871576,
        ];
        Assert.That(Resampling.Up(Wave.Of(0.7, 1, 1, 2, 3)).flatten().data<double>(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Gradients_of_the_first_and_the_second_order_agree_with_finite_differences()
    {
        var map = randn(1, 2, 4, 4, float64).requires_grad_();
        FiniteDifferences.AssertAgree([("map", map)], () => Resampling.Up(Resampling.Down(map)).square().sum());

        map.grad!.zero_();
        FiniteDifferences.AssertAgree([("map", map)], () =>
        {
            var cube = Resampling.Up(Resampling.Down(map)).pow(3).sum();
            return autograd.grad([cube], [map], retain_graph: true, create_graph: true)[0].square().sum();
        });
    }
}
