using NUnit.Framework;
using PluginGan.Plugins.R3Gan;
using PluginGan.Plugins.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.R3Gan;

public sealed class R3GanModelTests : SquareImageArchitectureTests
{
    [Test]
    public void At_first_every_block_is_the_identity()
    {
        var model = R3gan(new() { Width = 8, GroupWidth = 4 }, 28);
        var parameters = model.Networks.Values.SelectMany(network => network.named_parameters()).ToList();
        var latent = randn(3, model.Latent.Size);
        var generator = model.Networks[Roles.Generator].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);

        // The blocks left out: learned maps weighed by the latent, 1×1 and bilinear interpolation twice, 1×1 to the image.
        var map = latent.matmul(generator["weights.weight"].t()).reshape(3, -1, 1, 1) * generator["basis"];
        foreach (var side in new[] { 14, 28 })
            map = nn.functional.interpolate(nn.functional.conv2d(map, generator[$"layers.up{side}.channels.weight"]), [side, side], mode: InterpolationMode.Bilinear, align_corners: false);
        var expected = nn.functional.conv2d(map, generator["layers.image.weight"]);

        Assert.Multiple(() =>
        {
            Assert.That(parameters.Where(entry => entry.name.EndsWith("reduce.weight", StringComparison.Ordinal) || entry.name.EndsWith("bias", StringComparison.Ordinal))
                .All(entry => entry.parameter.eq(0).all().item<bool>()), Is.True);
            Assert.That(model.Generate(latent, null).allclose(expected, rtol: 1e-4, atol: 1e-5), Is.True);
        });
    }

    [Test]
    public void Initial_weights_have_the_deviations_of_the_paper()
    {
        var parameters = R3gan(new() { Width = 16 }, 28).Networks[Roles.Discriminator].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        // Three resolutions of two blocks each: L = 6, and each block has three layers.
        var residual = Math.Sqrt(2 / 1.04) * Math.Pow(6, -0.25);

        Assert.Multiple(() =>
        {
            AssertDeviation("features.block7-1.residue.expand.weight", residual / Math.Sqrt(64));
            AssertDeviation("features.block14-2.residue.grouped.weight", residual / Math.Sqrt(16 * 9));
            AssertDeviation("features.down28.channels.weight", 1 / Math.Sqrt(16));
            AssertDeviation("features.basis.weight", 1 / Math.Sqrt(49));
        });

        void AssertDeviation(string name, double expected) => Assert.That(parameters[name].std().item<float>(), Is.EqualTo(expected).Within(8).Percent, name);
    }

    [Test]
    public void The_3x3_convolutions_are_grouped_and_the_channels_bounded()
    {
        var shapes = R3gan(new() { Width = 16, GroupWidth = 8, GreatestFactor = 2 }, 32).Networks[Roles.Generator].named_parameters()
            .ToDictionary(entry => entry.name, entry => entry.parameter.shape);
        Assert.Multiple(() =>
        {
            Assert.That(shapes["layers.block4-1.residue.grouped.weight"], Is.EqualTo(new long[] { 64, 8, 3, 3 }));
            Assert.That(shapes["layers.block16-2.residue.grouped.weight"], Is.EqualTo(new long[] { 64, 8, 3, 3 }));
            Assert.That(shapes["layers.block32-1.residue.grouped.weight"], Is.EqualTo(new long[] { 32, 8, 3, 3 }));
            Assert.That(shapes["layers.block32-1.residue.reduce.weight"], Is.EqualTo(new long[] { 16, 32, 1, 1 }));
        });
    }

    [Test]
    public void Each_image_is_judged_by_itself()
    {
        var model = R3gan(new() { Width = 8, GroupWidth = 4 }, 28);
        var images = randn(3, 1, 28, 28);
        Assert.That(model.Discriminate(images, null).Logits[..1].allclose(model.Discriminate(images[..1], null).Logits, atol: 1e-5), Is.True);
    }

    [Test]
    public void A_group_width_that_does_not_divide_the_channels_is_refused() =>
        Assert.That(() => R3gan(new() { Width = 10, GroupWidth = 8 }, 28), Throws.TypeOf<ComponentException>().With.Message.Contains("'groupWidth'").And.Message.Contains("20"));

    protected override GanModel Make(ModelSpec spec, bool conditional, bool full) =>
        new R3GanModel(new() { Width = 4, GreatestFactor = 2, GroupWidth = 4, Blocks = 1, Latent = 6, Conditional = conditional }, spec);

    // The last layer of a block begins as zero, and hides the others from the verdict.
    protected override void Wake(string name, Tensor parameter)
    {
        if (name.EndsWith("reduce.weight", StringComparison.Ordinal))
            nn.init.normal_(parameter, 0, 0.3);
    }

    private static R3GanModel R3gan(R3GanOptions options, int side) => new(options, new ModelSpec(new DataSpec(new ImageSpec(1, side, side), ConditionSpec.None), 1));
}
