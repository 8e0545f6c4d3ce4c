using NUnit.Framework;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

public sealed class SelfAttentionTests
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
    public void Places_attend_to_one_another_as_numpy_has_it()
    {
        var attention = Attention(16);
        attention.to(float64);
        Set("keys", Wave.Of(0.3, 2, 16, 1, 1));
        Set("queries", Wave.Of(0.5, 2, 16, 1, 1));
        Set("values", Wave.Of(0.9, 2, 16, 1, 1));
        Set("output", Wave.Of(1.1, 16, 2, 1, 1));
        using (no_grad())
            attention.get_parameter("gamma")!.fill_(0.5);

        var output = attention.call(Wave.Of(0.7, 1, 16, 1, 3));

        // layers_reference.py
        Assert.That(output[0, 0].flatten().data<double>(), Is.EqualTo(new[] { 0.864365, 1.207612, 1.086336 }).Within(1e-6));
        Assert.That(output[0, 15].flatten().data<double>(), Is.EqualTo(new[] { 0.810845, 1.096555, 0.917354 }).Within(1e-6));

        void Set(string name, Tensor weight)
        {
            using var quiet = no_grad();
            attention.get_parameter($"{name}.weight")!.copy_(weight);
        }
    }

    [Test]
    public void At_first_it_changes_nothing()
    {
        var input = randn(2, 8, 4, 4);
        Assert.That(Attention(8).call(input).equal(input).all().item<bool>(), Is.True);
    }

    [Test]
    public void Gradients_agree_with_finite_differences()
    {
        var attention = Attention(8);
        var input = randn(2, 8, 2, 3, float64).requires_grad_();
        using (no_grad())
            attention.get_parameter("gamma")!.fill_(0.7);

        FiniteDifferences.AssertAgree([.. FiniteDifferences.Leaves(attention), ("input", input)], () => attention.call(input).square().sum());
    }

    private static SelfAttention Attention(int channels) => new(channels, layer => layer);
}
