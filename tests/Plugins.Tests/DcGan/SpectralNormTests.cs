using NUnit.Framework;
using PluginGan.Layers;
using PluginGan.Plugins.DcGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.DcGan;

public sealed class SpectralNormTests
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
    public void Sigma_becomes_the_largest_singular_value()
    {
        var conv = nn.Conv2d(3, 5, 4);
        var norm = new SpectralNorm(conv);
        for (var step = 0; step < 200; step++)
            norm.Sigma();

        var expected = linalg.svdvals(conv.weight.flatten(1)).max().item<float>();
        Assert.That(norm.Sigma().item<float>(), Is.EqualTo(expected).Within(1e-4 * expected));
    }

    [Test]
    public void The_layer_acts_as_if_its_weight_were_divided_and_its_bias_not()
    {
        var conv = nn.Conv2d(3, 5, 4);
        var norm = new SpectralNorm(conv);
        norm.eval();
        var images = randn(2, 3, 8, 8);

        var expected = nn.functional.conv2d(images, conv.weight / norm.Sigma(), conv.bias);
        Assert.That(norm.call(images).allclose(expected, rtol: 1e-4, atol: 1e-5), Is.True);
    }

    [Test]
    public void A_growing_weight_changes_nothing_once_sigma_is_known()
    {
        var linear = nn.Linear(6, 4, hasBias: false);
        var norm = new SpectralNorm(linear);
        norm.eval();
        var input = randn(2, 6);

        var before = norm.call(input);
        using (no_grad())
            linear.weight.mul_(10);
        Assert.That(norm.call(input).allclose(before, rtol: 1e-4, atol: 1e-6), Is.True);
    }

    [Test]
    public void The_gradient_runs_through_sigma()
    {
        // W / σ(W) does not change along W itself: the gradient is orthogonal to the weight.
        var linear = nn.Linear(6, 4, hasBias: false);
        var norm = new SpectralNorm(linear);
        norm.eval();

        norm.call(randn(2, 6)).square().sum().backward();

        var gradient = linear.weight.grad!;
        var cosine = (gradient * linear.weight).sum() / (gradient.norm() * linear.weight.norm());
        Assert.That(cosine.item<float>(), Is.EqualTo(0).Within(1e-5));
    }

    [Test]
    public void Two_calls_in_training_can_be_differentiated_together()
    {
        var linear = nn.Linear(6, 4);
        var norm = new SpectralNorm(linear);

        (norm.call(randn(2, 6)).sum() - norm.call(randn(2, 6)).sum()).backward();

        Assert.That(linear.weight.grad!.isfinite().all().item<bool>(), Is.True);
    }

    [Test]
    public void The_weight_is_saved_once_and_the_singular_vector_with_it() =>
        Assert.That(new SpectralNorm(nn.Linear(6, 4)).state_dict().Keys, Is.EquivalentTo(new[] { "u", "layer.weight", "layer.bias" }));
}
