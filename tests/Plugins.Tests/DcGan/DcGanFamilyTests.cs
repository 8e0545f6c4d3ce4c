using NUnit.Framework;
using PluginGan.Plugins.DcGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.DcGan;

/// <summary>The architectures that are made of DCGAN's networks beside <c>dcgan</c> itself.</summary>
public sealed class DcGanFamilyTests
{
    private const int Batch = 4;

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
    public void An_autoencoder_finds_latents_and_makes_images_of_them([Values(28, 32, 64)] int side, [Values(1, 3)] int channels, [Values] bool conditional)
    {
        using var model = new DcGanAutoencoder(new() { Width = 4, Latent = 8, Conditional = conditional }, Spec(side, channels));

        var encoding = model.Encode(Images(side, channels), Classes(conditional));
        var images = model.Generate(encoding.Draw(), Classes(conditional));

        Assert.Multiple(() =>
        {
            Assert.That(model.Networks.Keys, Is.EquivalentTo(new[] { Roles.Encoder, Roles.Generator }));
            Assert.That(encoding.Mean.shape, Is.EqualTo(new long[] { Batch, 8 }));
            Assert.That(encoding.LogVariance!.shape, Is.EqualTo(new long[] { Batch, 8 }));
            Assert.That(images.shape, Is.EqualTo(new long[] { Batch, channels, side, side }));
            Assert.That(() => model.Discriminate(images, null), Throws.TypeOf<ComponentException>().With.Message.Contains("no discriminator"));
        });
    }

    [Test]
    public void Every_parameter_of_an_autoencoder_receives_a_gradient([Values] bool conditional)
    {
        using var model = new DcGanAutoencoder(new() { Width = 4, Latent = 8, Conditional = conditional }, Spec());
        model.Generate(model.Encode(Images(), Classes(conditional)).Draw(), Classes(conditional)).square().sum().backward();
        Assert.That(Unmoved(model), Is.Empty);
    }

    [Test]
    public void An_encoder_stands_beside_generator_and_discriminator([Values] bool conditional)
    {
        using var model = new DcGanEncoderModel(new() { Width = 4, Latent = 8, Conditional = conditional }, Spec());

        var images = model.Generate(model.Encode(Images(), Classes(conditional)).Draw(), Classes(conditional));
        model.Discriminate(images, Classes(conditional)).Logits.square().sum().backward();

        Assert.That(model.Networks.Keys, Is.EquivalentTo(new[] { Roles.Encoder, Roles.Generator, Roles.Discriminator }));
        Assert.That(Unmoved(model), Is.Empty);
    }

    [Test]
    public void The_discriminator_of_a_bigan_judges_image_and_latent_together([Values] bool stochastic, [Values] bool spectralNorm)
    {
        using var model = new DcGanBiGan(new() { Width = 4, Latent = 8, Stochastic = stochastic, SpectralNorm = spectralNorm, DiscriminatorNorm = DiscriminatorNorm.None }, Spec());
        var images = Images();

        var encoding = model.Encode(images, null);
        var verdict = model.Discriminate(images, encoding.Draw());
        var other = model.Discriminate(images, encoding.Mean + 1);
        verdict.Logits.square().sum().add(model.Discriminate(model.Generate(randn(Batch, 8), null), randn(Batch, 8)).Logits.square().sum()).backward();

        Assert.Multiple(() =>
        {
            Assert.That(encoding.LogVariance is not null, Is.EqualTo(stochastic));
            Assert.That(verdict.Logits.shape, Is.EqualTo(new long[] { Batch }));
            Assert.That(verdict.Head("features").shape, Is.EqualTo(new long[] { Batch, 1024 }));
            Assert.That(other.Logits.allclose(verdict.Logits), Is.False);
            Assert.That(Unmoved(model), Is.Empty);
        });
    }

    [Test]
    public void The_discriminator_of_a_bigan_refuses_images_alone_and_packs()
    {
        using var model = new DcGanBiGan(new() { Width = 4 }, Spec());
        var alone = Assert.Throws<ComponentException>(() => model.Discriminate(Images(), null));
        var packed = Assert.Throws<ComponentException>(() => _ = new DcGanBiGan(new() { Width = 4 }, Spec(pack: 2)));
        Assert.That(alone!.Message, Does.Contain("pairs").And.Contain("'bigan'"));
        Assert.That(packed!.Message, Does.Contain("training.pack is 2"));
    }

    [Test]
    public void Codes_stand_behind_the_normal_latent()
    {
        using var model = new DcGanModel(new() { Width = 4, Latent = 8, Categorical = 10, Continuous = 2 }, Spec());

        Assert.That(model.Latent.Parts, Is.EqualTo(new LatentPart[] { new NormalPart(8), new CategoricalPart(10), new UniformPart(2) }));
        Assert.That(model.Generate(randn(Batch, 20), null).shape, Is.EqualTo(new long[] { Batch, 1, 28, 28 }));
    }

    [Test]
    public void Without_projection_a_conditional_discriminator_is_not_told_the_class()
    {
        using var model = new DcGanModel(new() { Width = 4, Conditional = true, Projection = false, DiscriminatorNorm = DiscriminatorNorm.None }, Spec());
        var images = Images();

        var (first, second) = (model.Discriminate(images, Classes(true)), model.Discriminate(images, null));
        Assert.That(first.Logits.allclose(second.Logits), Is.True);
        Assert.That(() => model.Generate(randn(Batch, 100), null), Throws.TypeOf<ComponentException>());
    }

    [Test]
    public void Other_data_is_refused_by_the_name_of_the_architecture()
    {
        var points = new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1);
        Assert.Multiple(() =>
        {
            Assert.That(() => new DcGanAutoencoder(new(), points), Throws.TypeOf<ComponentException>().With.Message.Contains("dcgan-autoencoder makes images"));
            Assert.That(() => new DcGanEncoderModel(new(), points), Throws.TypeOf<ComponentException>().With.Message.Contains("dcgan-encoder makes images"));
            Assert.That(() => new DcGanBiGan(new(), points), Throws.TypeOf<ComponentException>().With.Message.Contains("dcgan-bigan makes images"));
        });
    }

    private static ModelSpec Spec(int side = 28, int channels = 1, int pack = 1) =>
        new(new DataSpec(new ImageSpec(channels, side, side), new ClassCondition(["a", "b", "c"])), pack);

    private static Tensor Images(int side = 28, int channels = 1) => rand(Batch, channels, side, side) * 2 - 1;

    private static Tensor? Classes(bool conditional) => conditional ? tensor(new long[] { 0, 1, 2, 1 }) : null;

    private static IEnumerable<string> Unmoved(GanModel model) => model.Networks
        .SelectMany(network => network.Value.named_parameters().Select(entry => (Name: $"{network.Key}.{entry.name}", entry.parameter)))
        .Where(entry => entry.parameter.grad is not { } gradient || gradient.eq(0).all().item<bool>()).Select(entry => entry.Name);
}
