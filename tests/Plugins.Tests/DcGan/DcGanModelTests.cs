using NUnit.Framework;
using PluginGan.Plugins.DcGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.DcGan;

public sealed class DcGanModelTests
{
    private const int Batch = 4;
    private static readonly ClassCondition ThreeClasses = new(["a", "b", "c"]);

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
    public void Every_size_is_made_and_judged(
        [Values(28, 32, 56, 64, 112, 128)] int side, [Values(1, 3)] int channels, [Values(1, 2)] int pack, [Values] bool conditional)
    {
        var model = Model(new() { Width = 4, Latent = 8, Conditional = conditional }, side, channels, pack);

        var images = model.Generate(randn(Batch, model.Latent.Size), Classes(conditional));
        var verdict = model.Discriminate(images.reshape(Batch / pack, pack * channels, side, side), Classes(conditional));

        Assert.Multiple(() =>
        {
            Assert.That(model.Latent, Is.EqualTo(LatentSpec.Normal(8)).Using<LatentSpec, LatentSpec>((a, b) => a.Parts.SequenceEqual(b.Parts)));
            Assert.That(images.shape, Is.EqualTo(new long[] { Batch, channels, side, side }));
            Assert.That(images.abs().max().item<float>(), Is.LessThanOrEqualTo(1));
            Assert.That(verdict.Logits.shape, Is.EqualTo(new long[] { Batch / pack }));
            Assert.That(verdict.Head("features").shape[0], Is.EqualTo(Batch / pack));
            Assert.That(verdict.Head("features").dim(), Is.EqualTo(2));
            Assert.That(model.Condition, Is.EqualTo(conditional ? ThreeClasses : ConditionSpec.None));
        });
    }

    [Test]
    public void At_28_pixels_and_width_64_the_channels_are_the_classic_256_and_128()
    {
        var generator = Model(new(), 28).Networks[Roles.Generator];
        var shapes = generator.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.shape);

        Assert.Multiple(() =>
        {
            Assert.That(shapes["layers.project.weight"], Is.EqualTo(new long[] { 256 * 7 * 7, 100 }));
            Assert.That(shapes["layers.up1.weight"], Is.EqualTo(new long[] { 256, 128, 4, 4 }));
            Assert.That(shapes["layers.image.weight"], Is.EqualTo(new long[] { 128, 1, 4, 4 }));
        });
    }

    [TestCase(30, 30, "28×28, 32×32, 56×56")]
    [TestCase(28, 32, "28×28, 32×32, 56×56")]
    [TestCase(256, 256, "128×128, 112×112, 64×64")]
    public void Other_sizes_are_refused_with_the_nearest_ones_first(int height, int width, string nearest)
    {
        var data = new DataSpec(new ImageSpec(1, height, width), ConditionSpec.None);
        var error = Assert.Throws<ComponentException>(() => _ = new DcGanModel(new(), new ModelSpec(data, 1)));
        Assert.That(error!.Message, Does.Contain($"{width}×{height}").And.Contain(nearest));
    }

    [Test]
    public void Data_other_than_images_is_refused()
    {
        var error = Assert.Throws<ComponentException>(() => _ = new DcGanModel(new(), new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1)));
        Assert.That(error!.Message, Does.Contain("vector 2"));
    }

    [Test]
    public void A_conditional_model_of_unlabelled_data_is_refused_by_the_name_of_the_option()
    {
        var data = new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None);
        var error = Assert.Throws<ComponentException>(() => _ = new DcGanModel(new() { Conditional = true }, new ModelSpec(data, 1)));
        Assert.That(error!.Message, Does.Contain("'conditional'").And.Contain("no condition").And.Contain("'labels'"));
    }

    [Test]
    public void Every_parameter_receives_a_gradient(
        [Values] bool conditional, [Values] bool spectralNorm, [Values] DiscriminatorNorm discriminatorNorm, [Values(1, 2)] int pack)
    {
        var model = Model(new() { Width = 4, Latent = 8, Conditional = conditional, SpectralNorm = spectralNorm, DiscriminatorNorm = discriminatorNorm }, 28, 1, pack);
        var parameters = model.Networks.SelectMany(network => network.Value.named_parameters().Select(entry => (Name: $"{network.Key}.{entry.name}", entry.parameter))).ToList();

        var classes = Classes(conditional);
        var images = model.Generate(randn(Batch, 8), classes).reshape(Batch / pack, pack, 28, 28);
        model.Discriminate(images, classes).Logits.square().sum().backward();

        var without = parameters.Where(entry => entry.parameter.grad is not { } gradient || gradient.eq(0).all().item<bool>()).Select(entry => entry.Name);
        Assert.That(without, Is.Empty);
    }

    [Test]
    public void Equal_seeds_give_equal_weights_and_others_do_not([Values] bool spectralNorm)
    {
        var (first, again, other) = (Weights(1), Weights(1), Weights(2));
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
        });

        byte[] Weights(long seed)
        {
            manual_seed(seed);
            var model = Model(new() { Width = 4, Conditional = true, SpectralNorm = spectralNorm }, 28);
            return [.. model.Networks.Values.SelectMany(network => network.state_dict().Values).SelectMany(tensor => tensor.bytes.ToArray())];
        }
    }

    [Test]
    public void Initial_weights_follow_the_paper()
    {
        var model = Model(new() { Width = 16 }, 28);
        var weights = model.Networks.Values.SelectMany(network => network.named_parameters()).Where(entry => entry.name.EndsWith("weight", StringComparison.Ordinal)).ToList();

        Assert.Multiple(() =>
        {
            foreach (var (name, weight) in weights)
            {
                var isNorm = name.Contains("norm", StringComparison.Ordinal);
                Assert.That(weight.mean().item<float>(), Is.EqualTo(isNorm ? 1 : 0).Within(0.01), name);
                Assert.That(weight.std().item<float>(), Is.EqualTo(0.02).Within(0.005), name);
            }
        });
    }

    [Test]
    public void A_conditional_generator_makes_another_image_for_another_class()
    {
        var model = Model(new() { Width = 4, Conditional = true }, 28);
        model.Networks[Roles.Generator].eval();
        var latent = randn(1, model.Latent.Size);

        var first = model.Generate(latent, tensor(new long[] { 0 }));
        Assert.Multiple(() =>
        {
            Assert.That(first.allclose(model.Generate(latent, tensor(new long[] { 0 }))), Is.True);
            Assert.That(first.allclose(model.Generate(latent, tensor(new long[] { 1 }))), Is.False);
            Assert.That(() => model.Generate(latent, null), Throws.TypeOf<ComponentException>());
        });
    }

    [Test]
    public void A_conditional_verdict_depends_on_the_class_of_each_image_in_a_pack()
    {
        var model = Model(new() { Width = 4, Conditional = true }, 28, 1, pack: 2);
        model.Networks[Roles.Discriminator].eval();
        var images = randn(1, 2, 28, 28);

        var logits = new[] { Logit(0, 1), Logit(1, 0), Logit(0, 0), Logit(2, 1) };
        Assert.Multiple(() =>
        {
            Assert.That(logits, Is.Unique);
            Assert.That(Logit(0, 1), Is.EqualTo(logits[0]));
            Assert.That(() => model.Discriminate(images, null), Throws.TypeOf<ComponentException>());
        });

        float Logit(long first, long second) => model.Discriminate(images, tensor([first, second])).Logits.item<float>();
    }

    [Test]
    public void Without_batch_normalisation_each_image_is_judged_by_itself([Values] DiscriminatorNorm norm)
    {
        var model = Model(new() { Width = 4, DiscriminatorNorm = norm }, 28);
        var images = randn(Batch, 1, 28, 28);

        var together = model.Discriminate(images, null).Logits[0];
        var alone = model.Discriminate(images[..2], null).Logits[0];
        Assert.That(together.allclose(alone), Is.EqualTo(norm == DiscriminatorNorm.None));
    }

    [Test]
    public void Judging_in_evaluation_mode_leaves_every_buffer_as_it_was()
    {
        var discriminator = Model(new() { Width = 4, SpectralNorm = true }, 28).Networks[Roles.Discriminator];
        var images = randn(Batch, 1, 28, 28);

        var before = Buffers();
        discriminator.eval();
        ((nn.Module<Tensor, Tensor?, Tensor>)discriminator).call(images, null);
        var evaluated = Buffers();
        discriminator.train();
        ((nn.Module<Tensor, Tensor?, Tensor>)discriminator).call(images, null);
        Assert.Multiple(() =>
        {
            Assert.That(evaluated, Is.EqualTo(before));
            Assert.That(Buffers(), Is.Not.EqualTo(before));
        });

        byte[] Buffers() => [.. discriminator.buffers().SelectMany(buffer => buffer.bytes.ToArray())];
    }

    [Test]
    public void A_model_outlives_the_scope_it_was_made_in()
    {
        DcGanModel model;
        using (NewDisposeScope())
            model = Model(new() { Width = 4, Latent = 8, Conditional = true, SpectralNorm = true }, 28);
        Assert.That(model.Discriminate(model.Generate(randn(Batch, 8), Classes(true)), Classes(true)).Logits.isfinite().all().item<bool>(), Is.True);
    }

    private static DcGanModel Model(DcGanOptions options, int side, int channels = 1, int pack = 1) =>
        new(options, new ModelSpec(new DataSpec(new ImageSpec(channels, side, side), ThreeClasses), pack));

    private static Tensor? Classes(bool conditional) => conditional ? tensor(new long[] { 0, 1, 2, 1 }) : null;
}
