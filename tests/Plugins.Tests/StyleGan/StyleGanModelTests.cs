using NUnit.Framework;
using PluginGan.Plugins.StyleGan;
using PluginGan.Plugins.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.StyleGan;

public sealed class StyleGanModelTests : SquareImageArchitectureTests
{
    [Test]
    public void Without_classes_mapping_and_generator_can_be_called_by_themselves()
    {
        var model = Stylegan(new() { Width = 4, GreatestFactor = 2, Latent = 6, Style = 5, Noise = false });
        var latent = randn(3, 6);

        var styles = ((nn.Module<Tensor, Tensor>)model.Networks[Roles.Mapping]).call(latent);
        var images = ((nn.Module<Tensor, Tensor>)model.Networks[Roles.Generator]).call(styles);

        Assert.That(styles.shape, Is.EqualTo(new long[] { 3, 6, 5 }), "two stages: five convolutions and the image");
        Assert.That(images.allclose(model.Generate(latent, null)), Is.True);
        Assert.That(model.Generates, Is.EquivalentTo(new[] { Roles.Mapping, Roles.Generator }));
    }

    [Test]
    public void Each_layer_has_a_style_of_its_own()
    {
        var model = Stylegan(new() { Width = 4, GreatestFactor = 2, Latent = 6, Style = 5, Noise = false });
        var generator = (nn.Module<Tensor, Tensor>)model.Networks[Roles.Generator];
        var styles = randn(1, 6, 5);
        var image = generator.call(styles);

        var differences = Enumerable.Range(0, 6).Select(layer =>
        {
            var changed = styles.clone();
            changed[0, layer] = randn(5);
            return (generator.call(changed) - image).abs().max().item<float>();
        });

        Assert.That(differences, Is.All.GreaterThan(1e-5));
    }

    [Test]
    public void The_direction_of_a_latent_counts_and_its_length_does_not()
    {
        var model = Stylegan(new() { Width = 4, GreatestFactor = 2, Latent = 6, Style = 5, Noise = false });
        var latent = randn(3, 6);
        Assert.That(model.Generate(latent, null).allclose(model.Generate(latent * 7, null), atol: 1e-4), Is.True);
    }

    [Test]
    public void Noise_changes_images_once_it_has_strength_and_is_seeded_like_all_else([Values] bool strong)
    {
        var model = Stylegan(new() { Width = 4, GreatestFactor = 2, Latent = 6, Style = 5 });
        if (strong)
            foreach (var (name, parameter) in model.Networks[Roles.Generator].named_parameters())
                using (no_grad())
                    Wake(name, parameter);
        var latent = randn(3, 6);

        var (first, again, other) = (Image(1), Image(1), Image(2));
        Assert.That(first.allclose(again), Is.True);
        Assert.That(first.allclose(other), Is.EqualTo(!strong));

        Tensor Image(long seed)
        {
            manual_seed(seed);
            return model.Generate(latent, null);
        }
    }

    [Test]
    public void Samples_are_compared_in_groups_of_the_size_asked_for([Values(1, 2)] int group)
    {
        var model = Stylegan(new() { Width = 4, GreatestFactor = 2, DeviationGroup = group });
        var images = randn(4, 1, 28, 28);
        var changed = images.clone();
        changed[2] = randn(1, 28, 28);

        // With two to a group, the first is compared with the third.
        var (before, after) = (model.Discriminate(images, null).Logits, model.Discriminate(changed, null).Logits);
        Assert.That(before[0].allclose(after[0]), Is.EqualTo(group == 1));
        Assert.That(before[1].allclose(after[1]), Is.True);
    }

    [Test]
    public void Weights_begin_as_normal_and_the_scales_of_channels_as_1()
    {
        var parameters = Stylegan(new() { Width = 16 }).Networks[Roles.Generator].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Assert.Multiple(() =>
        {
            Assert.That(parameters["blocks.1.layer.conv.weight"].std().item<float>(), Is.EqualTo(1).Within(0.05));
            Assert.That(parameters["blocks.1.layer.conv.affine.bias"].eq(1).all().item<bool>(), Is.True);
            Assert.That(parameters["blocks.1.layer.strength"].item<float>(), Is.Zero);
        });
    }

    protected override GanModel Make(ModelSpec spec, bool conditional, bool full) =>
        new StyleGanModel(new() { Width = 2, GreatestFactor = 2, Latent = 6, Style = 5, DeviationGroup = 2, Conditional = conditional }, spec);

    protected override void Wake(string name, Tensor parameter)
    {
        if (name.EndsWith("strength", StringComparison.Ordinal))
            parameter.fill_(0.5);
    }

    private static StyleGanModel Stylegan(StyleGanOptions options) => new(options, new ModelSpec(new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None), 1));
}
