using NUnit.Framework;
using PluginGan.Plugins.ResNet;
using PluginGan.Plugins.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.ResNet;

public sealed class ResNetModelTests : SquareImageArchitectureTests
{
    [Test]
    public void At_128_pixels_and_width_64_the_channels_are_those_of_the_paper()
    {
        var model = Resnet(new(), 128);
        var (generator, discriminator) = (Shapes(model, Roles.Generator), Shapes(model, Roles.Discriminator));

        Assert.Multiple(() =>
        {
            Assert.That(generator["project.linear.weight"], Is.EqualTo(new long[] { 1024 * 4 * 4, 128 }));
            Assert.That(Enumerable.Range(0, 5).Select(block => generator[$"blocks.{block}.conv1.weight"][0]), Is.EqualTo(new[] { 1024, 512, 256, 128, 64 }));
            Assert.That(new[] { 128, 64, 32, 16, 8 }.Select(side => discriminator[$"features.down{side}.residue.conv1.layer.weight"][0]), Is.EqualTo(new[] { 64, 128, 256, 512, 1024 }));
            Assert.That(discriminator["features.inner.residue.conv2.layer.weight"], Is.EqualTo(new long[] { 1024, 1024, 3, 3 }));
            Assert.That(discriminator["verdict.layer.weight"], Is.EqualTo(new long[] { 1, 1024 }));
        });
    }

    [Test]
    public void With_a_greatest_factor_of_1_all_maps_are_as_wide()
    {
        var shapes = Shapes(Resnet(new() { Width = 8, GreatestFactor = 1 }, 32), Roles.Generator);
        Assert.That(shapes.Where(entry => entry.Key.EndsWith("conv1.weight", StringComparison.Ordinal)).Select(entry => entry.Value), Is.All.EqualTo(new long[] { 8, 8, 3, 3 }));
    }

    [Test]
    public void Initial_weights_have_the_deviations_of_Glorot()
    {
        var parameters = Resnet(new() { Width = 16, SpectralNorm = false }, 28).Networks.Values.SelectMany(network => network.named_parameters());
        Assert.Multiple(() =>
        {
            foreach (var (name, weight) in parameters.Where(entry => entry.parameter.dim() > 1 && entry.parameter.NumberOfElements > 500))
            {
                var (outputs, inputs, places) = (weight.shape[0], weight.shape[1], weight.dim() == 4 ? weight.shape[2] * weight.shape[3] : 1);
                var gain = name.Contains("conv1", StringComparison.Ordinal) || name.Contains("conv2", StringComparison.Ordinal) ? 2 : 1;
                Assert.That(weight.std().item<float>(), Is.EqualTo(Math.Sqrt(gain * 2.0 / (places * (inputs + outputs)))).Within(8).Percent, name);
            }
        });
    }

    [Test]
    public void Every_weight_of_the_discriminator_is_spectrally_normalised_if_asked_for([Values] bool asked)
    {
        var spec = new ModelSpec(new DataSpec(new ImageSpec(1, 28, 28), new ClassCondition(["a", "b"])), 1);
        var discriminator = new ResNetModel(new() { Width = 8, AttentionAt = 7, Conditional = true, SpectralNorm = asked }, spec).Networks[Roles.Discriminator];
        var weights = discriminator.named_parameters().Count(entry => entry.name.EndsWith("weight", StringComparison.Ordinal));
        Assert.That(discriminator.buffers().Count(), Is.EqualTo(asked ? weights : 0));
    }

    [Test]
    public void Attention_stands_at_the_resolution_asked_for()
    {
        var model = Resnet(new() { Width = 8, AttentionAt = 14 }, 28);
        Assert.That(Shapes(model, Roles.Generator)["attention.keys.weight"], Is.EqualTo(new long[] { 2, 16, 1, 1 }));
        Assert.That(Shapes(model, Roles.Discriminator)["features.attention.keys.layer.weight"], Is.EqualTo(new long[] { 1, 8, 1, 1 }));
    }

    [TestCase(28)]
    [TestCase(16)]
    public void Attention_at_a_resolution_that_is_none_of_a_map_is_refused(int side) =>
        Assert.That(() => Resnet(new() { AttentionAt = side }, 28), Throws.TypeOf<ComponentException>().With.Message.Contains("'attentionAt'").And.Message.Contains("7, 14"));

    [Test]
    public void The_features_are_what_the_verdict_is_linear_in()
    {
        var model = Resnet(new() { Width = 8, SpectralNorm = false }, 28);
        var verdict = model.Discriminate(randn(3, 1, 28, 28), null);
        var (weight, bias) = (model.Networks[Roles.Discriminator].get_parameter("verdict.weight")!, model.Networks[Roles.Discriminator].get_parameter("verdict.bias")!);
        Assert.That(verdict.Logits.allclose(verdict.Head("features").matmul(weight.t()).squeeze(1) + bias, atol: 1e-5), Is.True);
    }

    protected override GanModel Make(ModelSpec spec, bool conditional, bool full) =>
        new ResNetModel(new() { Width = 4, GreatestFactor = 4, Latent = 6, Conditional = conditional, AttentionAt = full ? 7 : 0 }, spec);

    protected override void Wake(string name, Tensor parameter)
    {
        if (name.EndsWith("gamma", StringComparison.Ordinal))
            parameter.fill_(0.5);
    }

    private static ResNetModel Resnet(ResNetOptions options, int side) => new ResNetModel(options, new ModelSpec(new DataSpec(new ImageSpec(1, side, side), ConditionSpec.None), 1));

    private static Dictionary<string, long[]> Shapes(GanModel model, string role) =>
        model.Networks[role].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.shape);
}
