using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

/// <summary>What must hold for every architecture of square images, in a small configuration of it.</summary>
public abstract class SquareImageArchitectureTests
{
    private const int Batch = 4;
    private static readonly ClassCondition ThreeClasses = new(["a", "b", "c"]);

    private DisposeScope scope = null!;

    /// <summary>A small model; every option that adds parameters is on where <paramref name="full"/> is.</summary>
    protected abstract GanModel Make(ModelSpec spec, bool conditional, bool full);

    /// <summary>Moves parameters off the values at which others have no gradient (a last layer that begins as zero).</summary>
    protected virtual void Wake(string name, Tensor parameter)
    {
    }

    /// <summary>Whether a parameter has a share in the verdict on what the generator makes, where everything is on.</summary>
    protected virtual bool IsTrained(string name) => true;

    [SetUp]
    public void SetUp()
    {
        scope = NewDisposeScope();
        manual_seed(1);
    }

    [TearDown]
    public void TearDown() => scope.Dispose();

    [Test]
    public void Every_size_is_made_and_judged([Values(28, 32, 56, 64, 112, 128)] int side, [Values(1, 3)] int channels, [Values(1, 2)] int pack, [Values] bool conditional)
    {
        var model = Model(side, channels, pack, conditional);

        var images = model.Generate(randn(Batch, model.Latent.Size), Classes(conditional));
        var verdict = model.Discriminate(images.reshape(Batch / pack, pack * channels, side, side), Classes(conditional));

        Assert.Multiple(() =>
        {
            Assert.That(images.shape, Is.EqualTo(new long[] { Batch, channels, side, side }));
            Assert.That(verdict.Logits.shape, Is.EqualTo(new long[] { Batch / pack }));
            Assert.That(verdict.Head("features").shape[0], Is.EqualTo(Batch / pack));
            Assert.That(verdict.Head("features").dim(), Is.EqualTo(2));
            Assert.That(verdict.Logits.isfinite().all().item<bool>(), Is.True);
            Assert.That(model.Condition, Is.EqualTo(conditional ? ThreeClasses : ConditionSpec.None));
        });
    }

    [TestCase(30, 30, "28×28, 32×32, 56×56")]
    [TestCase(28, 32, "28×28, 32×32, 56×56")]
    [TestCase(256, 256, "128×128, 112×112, 64×64")]
    public void Other_sizes_are_refused_with_the_nearest_ones_first(int height, int width, string nearest) =>
        Assert.That(() => Make(new ModelSpec(new DataSpec(new ImageSpec(1, height, width), ConditionSpec.None), 1), false, false),
            Throws.TypeOf<ComponentException>().With.Message.Contains($"{width}×{height}").And.Message.Contains(nearest));

    [Test]
    public void Data_other_than_images_is_refused() =>
        Assert.That(() => Make(new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1), false, false), Throws.TypeOf<ComponentException>().With.Message.Contains("vector 2"));

    [Test]
    public void A_conditional_model_of_unlabelled_data_is_refused_by_the_name_of_the_option() =>
        Assert.That(() => Make(new ModelSpec(new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None), 1), true, false),
            Throws.TypeOf<ComponentException>().With.Message.Contains("'conditional'").And.Message.Contains("no condition").And.Message.Contains("'labels'"));

    [Test]
    public void Without_a_class_a_conditional_model_neither_makes_nor_judges()
    {
        var model = Model(28, conditional: true);
        Assert.Multiple(() =>
        {
            Assert.That(() => model.Generate(randn(Batch, model.Latent.Size), null), Throws.TypeOf<ComponentException>());
            Assert.That(() => model.Discriminate(randn(Batch, 1, 28, 28), null), Throws.TypeOf<ComponentException>());
        });
    }

    [Test]
    public void Gradients_agree_with_finite_differences([Values] bool conditional, [Values(1, 2)] int pack)
    {
        var model = Model(28, pack: pack, conditional: conditional, full: true);
        var (latent, classes) = (randn(Batch, model.Latent.Size, float64), Classes(conditional));
        var leaves = model.Networks.SelectMany(network => FiniteDifferences.Leaves(network.Value).Select(leaf => ($"{network.Key}.{leaf.Name}", leaf.Leaf)))
            .Where(leaf => IsTrained(leaf.Item1)).ToList();
        using (no_grad())
            foreach (var (name, leaf) in leaves)
            {
                Wake(name, leaf);
                // Biases of exactly 0 put a dead channel on the kink of the next activation.
                leaf.add_(randn_like(leaf) * 0.05);
            }

        // Batch statistics in the generator. In the discriminator power iteration would change the function between two calls: it is frozen where it has come near.
        for (var step = 0; step < 20; step++)
            Verdict();
        model.Networks[Roles.Discriminator].eval();

        FiniteDifferences.AssertAgree(leaves, Verdict);

        Tensor Verdict()
        {
            manual_seed(5);
            return model.Discriminate(model.Generate(latent, classes).reshape(Batch / pack, pack, 28, 28), classes).Logits.square().sum();
        }
    }

    [Test]
    public void Another_class_makes_another_image_and_is_judged_differently_in_each_place_of_a_pack()
    {
        var model = Model(28, pack: 2, conditional: true);
        foreach (var (role, network) in model.Networks)
        {
            network.eval();
            using var quiet = no_grad();
            foreach (var (name, parameter) in network.named_parameters())
            {
                Wake($"{role}.{name}", parameter);
                // Conditional batch normalisation begins alike for all classes.
                if (name.EndsWith("bias.weight", StringComparison.Ordinal))
                    nn.init.normal_(parameter);
            }
        }
        var (latent, images) = (randn(1, model.Latent.Size), randn(1, 2, 28, 28));
        var logits = new[] { Logit(0, 1), Logit(1, 0), Logit(0, 0), Logit(2, 1) };

        Assert.Multiple(() =>
        {
            Assert.That(Image(0).allclose(Image(0)), Is.True);
            Assert.That(Image(0).allclose(Image(1)), Is.False);
            Assert.That(logits, Is.Unique);
            Assert.That(Logit(0, 1), Is.EqualTo(logits[0]));
        });

        float Logit(long first, long second) => model.Discriminate(images, tensor([first, second])).Logits.item<float>();
        Tensor Image(long index)
        {
            manual_seed(3);
            return model.Generate(latent, tensor([index]));
        }
    }

    [Test]
    public void Equal_seeds_give_equal_weights_and_others_do_not()
    {
        var (first, again, other) = (Weights(1), Weights(1), Weights(2));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));

        byte[] Weights(long seed)
        {
            manual_seed(seed);
            return [.. Model(28, conditional: true, full: true).Networks.Values.SelectMany(network => network.state_dict().Values).SelectMany(values => values.bytes.ToArray())];
        }
    }

    [Test]
    public void A_model_outlives_the_scope_it_was_made_in_and_its_networks_share_nothing()
    {
        GanModel model;
        using (NewDisposeScope())
            model = Model(28, conditional: true, full: true);
        var handles = model.Networks.Values.SelectMany(network => network.parameters()).Select(parameter => parameter.Handle).ToList();

        Assert.That(handles, Is.Unique);
        Assert.That(model.Discriminate(model.Generate(randn(Batch, model.Latent.Size), Classes(true)), Classes(true)).Logits.isfinite().all().item<bool>(), Is.True);
    }

    protected GanModel Model(int side, int channels = 1, int pack = 1, bool conditional = false, bool full = false) =>
        Make(new ModelSpec(new DataSpec(new ImageSpec(channels, side, side), ThreeClasses), pack), conditional, full);

    private static Tensor? Classes(bool conditional) => conditional ? tensor(new long[] { 0, 1, 2, 1 }) : null;
}
