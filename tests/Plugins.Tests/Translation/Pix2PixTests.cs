using NUnit.Framework;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Pix2Pix;
using PluginGan.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

public sealed class Pix2PixTests
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
    public void Every_size_is_translated_and_judged([Values(28, 32, 56, 64, 112, 128)] int side, [Values(1, 3)] int from, [Values(1, 3)] int to, [Values(1, 2)] int pack)
    {
        var model = Model(new() { Width = 4 }, side, side, from, to, pack);
        var sources = rand(Batch, from, side, side);

        var images = model.Generate(zeros([Batch, 0]), sources);
        var logits = model.Discriminate(images.reshape(Batch / pack, pack * to, side, side), sources).Logits;
        Assert.Multiple(() =>
        {
            Assert.That(images.shape, Is.EqualTo(new long[] { Batch, to, side, side }));
            Assert.That(images.abs().max().item<float>(), Is.LessThanOrEqualTo(1));
            Assert.That(logits.shape, Is.EqualTo(new long[] { Batch / pack, 1, (side >> 2) - 2, (side >> 2) - 2 }));
            Assert.That(model.Latent.Size, Is.Zero);
        });
    }

    [TestCase(30, 44, 3)]
    [TestCase(27, 19, 4)]
    [TestCase(256, 256, 8)]
    public void Other_sizes_are_translated_too(int height, int width, int depth)
    {
        var model = Model(new() { Width = 4, Depth = depth }, height, width);
        Assert.That(model.Generate(zeros([2, 0]), rand(2, 1, height, width)).shape, Is.EqualTo(new long[] { 2, 1, height, width }));
    }

    [Test]
    public void At_256_pixels_and_depth_8_the_channels_are_those_of_the_paper()
    {
        var model = Model(new() { Depth = 8, DiscriminatorDepth = 3 }, 256, 256, 3, 3);
        var generator = model.Networks[Roles.Generator].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.shape);
        var discriminator = model.Networks[Roles.Discriminator].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.shape);
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(0, 8).Select(level => generator[$"down.{level}.convolution.weight"][0]), Is.EqualTo(new long[] { 64, 128, 256, 512, 512, 512, 512, 512 }));
            Assert.That(Enumerable.Range(0, 8).Reverse().Select(level => generator[$"up.{level}.convolution.weight"][0]), Is.EqualTo(new long[] { 512, 1024, 1024, 1024, 1024, 512, 256, 128 }));
            Assert.That(new[] { "down1", "down2", "down3", "wide", "verdict" }.Select(layer => discriminator[$"layers.{layer}.weight"][0]), Is.EqualTo(new long[] { 64, 128, 256, 512, 1 }));
            Assert.That(discriminator["layers.down1.weight"][1], Is.EqualTo(6), "both images of a pair");
        });
    }

    [Test]
    public void Each_map_on_the_way_down_is_handed_to_its_level_on_the_way_up([Values(0, 1, 2)] int level)
    {
        var generator = Model(new() { Width = 4, Dropout = 0 }).Networks[Roles.Generator];
        var parameters = generator.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        // Whatever comes from within the level is cut off: a gradient can reach its map through the skip connection only.
        using (no_grad())
        {
            parameters[$"up.{level + 1}.norm.weight"].zero_();
            parameters[$"up.{level + 1}.norm.bias"].zero_();
        }
        ((nn.Module<Tensor, Tensor>)generator).call(randn(Batch, 1, 28, 28)).square().sum().backward();

        Assert.Multiple(() =>
        {
            Assert.That(Gradient(parameters[$"down.{level}.convolution.weight"]), Is.Positive);
            Assert.That(Gradient(parameters[$"down.{level + 1}.convolution.weight"]), Is.Zero);
        });
    }

    [Test]
    public void Every_parameter_receives_a_gradient([Values(1, 2)] int pack)
    {
        var model = Model(new() { Width = 4 }, pack: pack);
        var sources = randn(Batch, 1, 28, 28);
        model.Discriminate(model.Generate(zeros([Batch, 0]), sources).reshape(Batch / pack, pack, 28, 28), sources).Logits.square().sum().backward();

        var without = model.Networks.SelectMany(network => network.Value.named_parameters()).Where(entry => Gradient(entry.parameter) == 0).Select(entry => entry.name);
        Assert.That(without, Is.Empty);
    }

    [Test]
    public void Gradients_of_the_game_agree_with_finite_differences()
    {
        var model = Model(new() { Width = 4, Depth = 2, Dropout = 0, DiscriminatorDepth = 1 }, 8, 8);
        foreach (var network in model.Networks.Values)
            network.to(ScalarType.Float64);
        var loss = new Registered(new LossesPlugin()).Create<AdversarialLoss>("non-saturating");
        var distance = new PairedDistance(new());
        var (samples, conditions) = (rand(3, 1, 8, 8, float64), rand(3, 1, 8, 8, float64));

        NetworkGradients.AssertDifferences([model.Networks[Roles.Generator]], () =>
        {
            var step = new GivenStep(model, new Batch(samples, conditions)) { Latents = zeros([3, 0]) };
            return loss.Generator(null, step.Judged.Fake.Output) + distance.Penalty(step.Judged)! * 100;
        });
        NetworkGradients.AssertDifferences([model.Networks[Roles.Discriminator]], () =>
        {
            var step = new GivenStep(model, new Batch(samples, conditions)) { Latents = zeros([3, 0]), TrainsGenerator = false };
            return loss.Discriminator(step.Judged.Real.Output, step.Judged.Fake.Output);
        });
    }

    [Test]
    public void Dropout_is_the_noise_of_training_and_absent_in_evaluation()
    {
        var model = Model(new() { Width = 4 });
        var source = randn(Batch, 1, 28, 28);

        Assert.That(Translated().allclose(Translated()), Is.False, "training");
        model.Networks[Roles.Generator].eval();
        Assert.That(Translated().allclose(Translated()), Is.True, "evaluation");

        Tensor Translated() => model.Generate(zeros([Batch, 0]), source);
    }

    [Test]
    public void A_verdict_depends_on_the_source_of_each_image_in_a_pack()
    {
        var model = Model(new() { Width = 4 }, pack: 2);
        model.Networks[Roles.Discriminator].eval();
        var (images, one, other) = (randn(1, 2, 28, 28), randn(1, 1, 28, 28), randn(1, 1, 28, 28));

        var logits = new[] { Logit(one, other), Logit(other, one), Logit(one, one) };
        Assert.That(logits, Is.Unique);
        Assert.That(Logit(one, other), Is.EqualTo(logits[0]));

        float Logit(Tensor first, Tensor second) => model.Discriminate(images, cat([first, second])).Logits.sum().item<float>();
    }

    [Test]
    public void Data_without_images_on_both_sides_is_refused()
    {
        var image = new ImageSpec(1, 28, 28);
        Assert.Multiple(() =>
        {
            Assert.That(() => Of(image, ConditionSpec.None), Throws.TypeOf<ComponentException>().With.Message.Contains("image 28×28 (1 channel) with no condition").And.Message.Contains("'paired'"));
            Assert.That(() => Of(image, new SampleCondition(new VectorSpec(2))), Throws.TypeOf<ComponentException>().With.Message.Contains("a sample (vector 2)"));
            Assert.That(() => Of(new VectorSpec(2), new SampleCondition(image)), Throws.TypeOf<ComponentException>().With.Message.Contains("vector 2"));
            Assert.That(() => Of(image, new SampleCondition(new ImageSpec(1, 28, 32))), Throws.TypeOf<ComponentException>().With.Message.Contains("from 32×28 to 28×28"));
            Assert.That(() => Model(new() { Width = 4 }).Generate(zeros([1, 0]), null), Throws.TypeOf<ComponentException>());
        });

        static Pix2PixModel Of(SampleSpec sample, ConditionSpec condition) => new(new(), new ModelSpec(new DataSpec(sample, condition), 1));
    }

    [Test]
    public void Depths_that_the_size_does_not_allow_are_refused_by_the_name_of_the_option() => Assert.Multiple(() =>
    {
        Assert.That(() => Model(new() { Depth = 5 }), Throws.TypeOf<ComponentException>().With.Message.EqualTo("images of 28×28 can be halved 4 times at most, but 'depth' is 5"));
        Assert.That(() => Model(new() { DiscriminatorDepth = 4 }), Throws.TypeOf<ComponentException>().With.Message.EqualTo("images of 28×28 can be halved 3 times at most, but 'discriminatorDepth' is 4"));
    });

    [TestCase(Distance.Absolute, (0.5 + 2 + 1 + 0) / 4)]
    [TestCase(Distance.Squared, (0.25 + 4 + 1 + 0) / 4)]
    public void The_distance_of_pairs_is_a_mean_over_all_values_and_pulls_each_towards_its_own(Distance distance, double expected)
    {
        var (samples, generated) = (tensor(new[,] { { 1.0, -1 }, { 0, 0.5 } }), tensor(new[,] { { 0.5, 1.0 }, { -1, 0.5 } }).requires_grad_());
        var regularizer = new PairedDistance(new() { Distance = distance });
        var penalty = regularizer.Penalty(new DiscriminatorStep(samples, generated, x => x))!;
        penalty.backward();
        Assert.Multiple(() =>
        {
            Assert.That(regularizer.Side, Is.EqualTo(Side.Generator));
            Assert.That(penalty.item<double>(), Is.EqualTo(expected).Within(1e-12));
            Assert.That(generated.grad!.sign().data<double>(), Is.EqualTo(new double[] { -1, 1, -1, 0 }));
        });
    }

    private static double Gradient(Tensor parameter) => parameter.grad is { } gradient ? gradient.abs().max().item<float>() : 0;

    private static Pix2PixModel Model(Pix2PixOptions options, int height = 28, int width = 28, int from = 1, int to = 1, int pack = 1) =>
        new(options, new ModelSpec(new DataSpec(new ImageSpec(to, height, width), new SampleCondition(new ImageSpec(from, height, width))), pack));
}
