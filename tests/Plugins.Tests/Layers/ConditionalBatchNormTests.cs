using NUnit.Framework;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

public sealed class ConditionalBatchNormTests
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
    public void Gain_and_bias_are_those_of_the_class_as_numpy_has_it()
    {
        var norm = new ConditionalBatchNorm(2, 4);
        norm.to(float64);
        using (no_grad())
        {
            norm.get_parameter("gain.weight")!.copy_(Wave.Of(0.3, 4, 2));
            norm.get_parameter("bias.weight")!.copy_(Wave.Of(0.9, 4, 2));
        }

        var output = norm.call(Wave.Of(0.7, 3, 2, 1, 2), tensor(new long[] { 2, 0, 2 }));

        // layers_reference.py
        double[] expected = [-0.261313, 0.265366, 0.014693, -0.650473, 0.540531, 0.302388, 0.082857, 0.339266, -1.229687, -0.241604, 0.172049, 0.003851];
        Assert.That(output.flatten().data<double>(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void At_first_it_is_batch_normalisation_whatever_the_class()
    {
        var (input, classes) = (randn(4, 3, 5, 5), tensor(new long[] { 0, 1, 1, 0 }));
        var plain = nn.BatchNorm2d(3).call(input);

        Assert.That(new ConditionalBatchNorm(3, 2).call(input, classes).allclose(plain, atol: 1e-6), Is.True);
        Assert.That(new ConditionalBatchNorm(3, null).call(input, null).allclose(plain), Is.True);
    }

    [Test]
    public void A_class_must_be_given() =>
        Assert.That(() => new ConditionalBatchNorm(3, 2).call(randn(4, 3, 5, 5), null), Throws.TypeOf<ComponentException>().With.Message.Contains("class"));

    [Test]
    public void Gradients_agree_with_finite_differences()
    {
        var norm = new ConditionalBatchNorm(2, 3);
        var (input, mixed) = (randn(3, 2, 2, 2, float64).requires_grad_(), randn(3, 2, 2, 2, float64));
        var classes = tensor(new long[] { 2, 0, 1 });

        FiniteDifferences.AssertAgree([.. FiniteDifferences.Leaves(norm), ("input", input)], () => (norm.call(input, classes).square() * mixed).sum());
    }
}
