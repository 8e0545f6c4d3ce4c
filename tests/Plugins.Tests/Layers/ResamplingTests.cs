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
        Assert.That(Exact(new BlurPool2d(1)).call(Wave.Of(0.7, 1, 1, 4, 6)).flatten().data<double>(), Is.EqualTo(expected).Within(1e-6));
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
        var down = Exact(new BlurPool2d(2));
        var map = randn(1, 2, 4, 4, float64).requires_grad_();
        FiniteDifferences.AssertAgree([("map", map)], () => Resampling.Up(down.call(map)).square().sum());

        map.grad!.zero_();
        FiniteDifferences.AssertAgree([("map", map)], () =>
        {
            var cube = Resampling.Up(down.call(map)).pow(3).sum();
            return autograd.grad([cube], [map], retain_graph: true, create_graph: true)[0].square().sum();
        });
    }

    [Test]
    public void A_filter_is_no_state_and_goes_where_its_network_goes()
    {
        // A module registers what its parts hold.
        var network = Exact(nn.Sequential(("half", new BlurPool2d(2))));
        Assert.Multiple(() =>
        {
            Assert.That(network.state_dict(), Is.Empty);
            Assert.That(network.call(zeros(1, 2, 4, 4, float64)).dtype, Is.EqualTo(ScalarType.Float64));
        });
    }

    [Test]
    public void A_map_keeps_its_layout_and_so_do_its_derivatives()
    {
        using var layer = new BlurPool2d(4);
        var map = rand(2, 6, 6, 4).permute(0, 3, 1, 2).requires_grad_();
        var halved = layer.call(map);
        var gradient = autograd.grad([halved.pow(3).sum()], [map], retain_graph: true, create_graph: true)[0];
        gradient.square().sum().backward();
        Assert.That(new[] { halved, gradient, map.grad! }.Select(tensor => tensor.stride(1)), Is.All.EqualTo(1));
    }

    private static nn.Module<Tensor, Tensor> Exact(nn.Module<Tensor, Tensor> layer) => layer.to(ScalarType.Float64);
}
