using NUnit.Framework;
using PluginGan.Plugins.Mlp;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Mlp;

public sealed class MlpModelTests
{
    private static readonly ClassCondition TwoClasses = new(["a", "b"]);

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp()
    {
        scope = NewDisposeScope();
        manual_seed(1);
    }

    [TearDown]
    public void TearDown() => scope.Dispose();

    // The expected numbers are those of mlp_reference.py.
    [Test]
    public void Maxout_takes_the_greatest_piece_and_packs_are_judged_together()
    {
        var model = Model(new() { DiscriminatorWidths = [2, 3], DiscriminatorActivation = Activation.Maxout, Pieces = 3 }, pack: 2);
        Fill(model.Networks[Roles.Discriminator]);

        var verdict = model.Discriminate(Formula([2, 4], 0), null);

        Assert.That(Values(verdict.Head("features")), Is.EqualTo([0.877064, 1.693046, 1.338024, 2.046024, 2.15625, 2.2767]).Within(1e-5));
        Assert.That(Values(verdict.Logits), Is.EqualTo([0.70845, 0.577225]).Within(1e-5));
    }

    [Test]
    public void The_generator_is_linear_layers_each_batch_normalised_before_its_activation()
    {
        var model = Model(new() { GeneratorWidths = [4] });
        Fill(model.Networks[Roles.Generator]);

        Assert.That(Values(model.Generate(Formula([3, 2], 0), null)), Is.EqualTo([-0.273283, 0.030634, 0.011846, 1.074777, -1.669156, -0.641854]).Within(1e-4));
    }

    [Test]
    public void The_class_is_a_further_one_hot_input()
    {
        var model = Model(new() { GeneratorWidths = [3], GeneratorActivation = Activation.LeakyRelu, GeneratorBatchNorm = false, Conditional = true });
        Fill(model.Networks[Roles.Generator]);

        var points = model.Generate(Formula([3, 2], 0), tensor([1L, 0, 1]));

        Assert.That(Values(points), Is.EqualTo([-0.552401, 0.686512, -0.465143, -0.336779, -0.778938, 0.808452]).Within(1e-5));
    }

    [Test]
    public void The_networks_of_the_table_of_mixtures_can_be_said([Values(1, 2, 4)] int pack)
    {
        var model = Model(new() { DiscriminatorActivation = Activation.Maxout, Deviation = 0.02 }, pack: pack);
        var shapes = model.Networks.SelectMany(network => network.Value.named_parameters()).Where(entry => entry.name.EndsWith("weight", StringComparison.Ordinal) && entry.parameter.dim() == 2);

        Assert.That(shapes.Select(entry => entry.parameter.shape), Is.EqualTo(new long[][]
        {
            [400, 2], [400, 400], [400, 400], [400, 400], [2, 400],
            [1000, 2 * pack], [1000, 200], [1000, 200], [1, 200],
        }));
    }

    [Test]
    public void Vectors_and_images_are_made_and_judged([Values] bool conditional, [Values(1, 2)] int pack, [Values] bool image)
    {
        SampleSpec sample = image ? new ImageSpec(3, 4, 5) : new VectorSpec(7);
        var model = Model(new() { GeneratorWidths = [6], DiscriminatorWidths = [5], Conditional = conditional }, sample, pack);
        var classes = conditional ? tensor([0L, 1, 1, 0]) : null;

        var samples = model.Generate(randn(4, 2), classes);
        var verdict = model.Discriminate(samples.reshape([4 / pack, pack * sample.Shape[0], .. sample.Shape.Skip(1)]), classes);

        Assert.Multiple(() =>
        {
            Assert.That(samples.shape, Is.EqualTo(sample.Shape.Prepend(4L)));
            Assert.That(verdict.Logits.shape, Is.EqualTo(new long[] { 4 / pack }));
            Assert.That(verdict.Head("features").shape, Is.EqualTo(new long[] { 4 / pack, 5 }));
            Assert.That(model.Condition, Is.EqualTo(conditional ? TwoClasses : ConditionSpec.None));
        });
    }

    [Test]
    public void Images_stay_in_their_range_and_points_do_not()
    {
        var latent = randn(16, 2) * 1000;
        var options = new MlpOptions { GeneratorWidths = [8], GeneratorBatchNorm = false };

        Assert.That(Model(options, new ImageSpec(1, 2, 2)).Generate(latent, null).abs().max().item<float>(), Is.LessThanOrEqualTo(1));
        Assert.That(Model(options).Generate(latent, null).abs().max().item<float>(), Is.GreaterThan(1));
    }

    [Test]
    public void Networks_without_hidden_layers_are_linear()
    {
        var model = Model(new() { GeneratorWidths = [], DiscriminatorWidths = [] }, pack: 2);

        Assert.That(model.Networks.Values.SelectMany(network => network.named_parameters()).Select(entry => (entry.name, string.Join("×", entry.parameter.shape))),
            Is.EquivalentTo([("layers.sample.weight", "2×2"), ("layers.sample.bias", "2"), ("verdict.weight", "1×4"), ("verdict.bias", "1")]));
        Assert.That(model.Discriminate(model.Generate(randn(4, 2), null).reshape(2, 4), null).Logits.shape, Is.EqualTo(new long[] { 2 }));
    }

    [Test]
    public void A_latent_has_the_parts_that_are_asked_for_in_order()
    {
        Assert.That(Model(new() { Latent = 3, Categorical = 10, Continuous = 2 }).Latent.Parts, Is.EqualTo(new LatentPart[] { new NormalPart(3), new CategoricalPart(10), new UniformPart(2) }));
        Assert.That(Model(new() { Latent = 3, LatentDistribution = LatentDistribution.Uniform }).Latent.Parts, Is.EqualTo(new[] { new UniformPart(3) }));
        Assert.That(Model(new() { Latent = 0, Continuous = 1 }).Latent.Size, Is.EqualTo(1));
    }

    [Test]
    public void The_scale_is_that_of_the_latent_and_not_of_the_code()
    {
        var (plain, scaled) = (Made(1), Made(0.1));
        var latent = cat([randn(4, 2), rand(4, 3)], 1);

        var expected = plain.Generate(cat([latent[.., ..2] * 0.1, latent[.., 2..]], 1), null);
        Assert.That(scaled.Generate(latent, null).allclose(expected, rtol: 1e-5, atol: 1e-6), Is.True);
        Assert.That(scaled.Networks[Roles.Generator].parameters().Select(parameter => parameter.shape), Is.EqualTo(plain.Networks[Roles.Generator].parameters().Select(parameter => parameter.shape)));

        static MlpModel Made(double scale)
        {
            manual_seed(1);
            return Model(new() { GeneratorWidths = [5], GeneratorBatchNorm = false, Categorical = 2, Continuous = 1, LatentScale = scale });
        }
    }

    [Test]
    public void Initial_weights_are_normal_with_the_deviation_asked_for_and_biases_zero()
    {
        var model = Model(new() { Deviation = 0.02, GeneratorBatchNorm = false });
        foreach (var (name, parameter) in model.Networks.Values.SelectMany(network => network.named_parameters()))
        {
            if (name.EndsWith("bias", StringComparison.Ordinal))
                Assert.That(parameter.count_nonzero().item<long>(), Is.Zero, name);
            else if (parameter.NumberOfElements > 10_000)
                // Of a normal distribution 4.55 % lie beyond two standard deviations, of a uniform one none.
                Assert.That((parameter.std().item<float>(), parameter.abs().gt(0.04).to(float32).mean().item<float>()), Is.EqualTo((0.02f, 0.0455f)).Using<(float, float), (float, float)>(
                    (a, b) => Math.Abs(a.Item1 - b.Item1) < 5e-4 && Math.Abs(a.Item2 - b.Item2) < 0.01), name);
        }
    }

    [Test]
    public void Without_a_deviation_initial_weights_are_those_of_PyTorch()
    {
        var weight = Model(new()).Networks[Roles.Discriminator].get_parameter("hidden.linear2.weight")!;

        Assert.That(weight.abs().max().item<float>(), Is.EqualTo(1 / Math.Sqrt(200)).Within(1e-4));
        Assert.That(weight.std().item<float>(), Is.EqualTo(1 / Math.Sqrt(3 * 200)).Within(1e-3));
    }

    [TestCase(Activation.Relu, true, 0)]
    [TestCase(Activation.LeakyRelu, false, 3)]
    [TestCase(Activation.Maxout, true, 0)]
    public void Gradients_by_every_weight_match_finite_differences(Activation activation, bool conditional, int frequencies)
    {
        var options = new MlpOptions
        {
            GeneratorWidths = [4, 3],
            GeneratorActivation = activation,
            DiscriminatorWidths = [3, 4],
            DiscriminatorActivation = activation,
            Pieces = 2,
            Conditional = conditional,
            Frequencies = frequencies,
        };
        var model = Model(options, pack: 2);
        foreach (var network in model.Networks.Values)
            network.to(float64);
        var (latent, classes) = (randn(6, 2, float64), conditional ? tensor([0L, 1, 1, 0, 1, 0]) : null);
        Tensor Loss() => model.Discriminate(model.Generate(latent, classes).reshape(3, 4), classes).Logits.square().sum();

        Loss().backward();

        foreach (var (name, parameter) in model.Networks.Values.SelectMany(network => network.named_parameters()))
        {
            var expected = Differences(parameter, () => Loss().item<double>());
            Assert.That(parameter.grad!.flatten().data<double>(), Is.EqualTo(expected).Within(1e-6 * Math.Max(1, expected.Max(Math.Abs))), name);
            Assert.That(expected.Max(Math.Abs), Is.GreaterThan(1e-6), name);
        }
    }

    [TestCase(Activation.LeakyRelu)]
    [TestCase(Activation.Maxout)]
    public void A_gradient_penalty_can_be_differentiated_by_every_weight(Activation activation)
    {
        var discriminator = Model(new() { DiscriminatorWidths = [4, 3], DiscriminatorActivation = activation, Pieces = 3 }).Networks[Roles.Discriminator];
        discriminator.to(float64);
        var samples = randn(5, 2, float64).requires_grad_();
        Tensor Penalty()
        {
            var logits = ((nn.Module<Tensor, Tensor?, Tensor>)discriminator).call(samples, null);
            return autograd.grad([logits.sum()], [samples], retain_graph: true, create_graph: true)[0].square().sum();
        }

        Penalty().backward();

        foreach (var (name, weight) in discriminator.named_parameters().Where(entry => entry.parameter.dim() == 2))
        {
            var expected = Differences(weight, () => Penalty().item<double>());
            Assert.That(weight.grad!.flatten().data<double>(), Is.EqualTo(expected).Within(1e-6 * Math.Max(1, expected.Max(Math.Abs))), name);
            Assert.That(expected.Max(Math.Abs), Is.GreaterThan(1e-6), name);
        }
    }

    [Test]
    public void Equal_seeds_give_equal_weights_and_others_do_not([Values(0, 0.02)] double deviation)
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
            return [.. Model(new() { Deviation = deviation }).Networks.Values.SelectMany(network => network.state_dict().Values).SelectMany(tensor => tensor.bytes.ToArray())];
        }
    }

    [Test]
    public void Data_other_than_vectors_and_images_is_refused() =>
        Assert.That(() => Model(new(), new SeriesSpec(8, 1)), Throws.TypeOf<ComponentException>().With.Message.Contains("mlp makes vectors and images, but the data is series 8×1"));

    [Test]
    public void Frequencies_the_wrong_way_round_are_refused() =>
        Assert.That(() => Model(new() { Frequencies = 4, LowestFrequency = 20, HighestFrequency = 2 }), Throws.TypeOf<ComponentException>().With.Message.Contains("lowestFrequency 20 above highestFrequency 2"));

    [Test]
    public void An_empty_latent_is_refused() =>
        Assert.That(() => Model(new() { Latent = 0 }), Throws.TypeOf<ComponentException>().With.Message.Contains("'latent', 'categorical' and 'continuous'"));

    [Test]
    public void A_conditional_model_of_unlabelled_data_is_refused_by_the_name_of_the_option() =>
        Assert.That(() => new MlpModel(new() { Conditional = true }, new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("'conditional'").And.Message.Contains("no condition").And.Message.Contains("'labels'"));

    [Test]
    public void A_conditional_model_must_be_told_the_classes()
    {
        var model = Model(new() { Conditional = true });
        Assert.That(() => model.Generate(randn(4, 2), null), Throws.TypeOf<ComponentException>().With.Message.Contains("needs the class"));
        Assert.That(() => model.Discriminate(randn(4, 2), null), Throws.TypeOf<ComponentException>().With.Message.Contains("needs the class"));
    }

    [Test]
    public void A_model_outlives_the_scope_it_was_made_in()
    {
        MlpModel model;
        using (NewDisposeScope())
            model = Model(new() { Conditional = true, Deviation = 0.02, DiscriminatorActivation = Activation.Maxout });
        var classes = tensor([0L, 1]);
        Assert.That(model.Discriminate(model.Generate(randn(2, 2), classes), classes).Logits.isfinite().all().item<bool>(), Is.True);
    }

    private static MlpModel Model(MlpOptions options, SampleSpec? sample = null, int pack = 1) =>
        new(options, new ModelSpec(new DataSpec(sample ?? new VectorSpec(2), TwoClasses), pack));

    /// <summary>Sets the parameters of a network by the reference's formula, numbered from 1.</summary>
    private static void Fill(nn.Module network)
    {
        using var quiet = no_grad();
        var number = 1;
        foreach (var parameter in network.parameters())
            parameter.copy_(Formula(parameter.shape, number++));
    }

    private static Tensor Formula(long[] shape, double number)
    {
        var count = shape.Aggregate(1L, (size, side) => size * side);
        return (arange(count, dtype: float64) * 1.7 + number).sin().reshape(shape).to(float32);
    }

    private static float[] Values(Tensor tensor) => [.. tensor.detach().flatten().contiguous().data<float>()];

    private static double[] Differences(Tensor weight, Func<double> value)
    {
        const double Width = 1e-6;
        var flat = weight.detach().flatten();
        return [.. Enumerable.Range(0, (int)flat.NumberOfElements).Select(index =>
        {
            var element = flat.narrow(0, index, 1);
            element.add_(Width);
            var above = value();
            element.sub_(2 * Width);
            var below = value();
            element.add_(Width);
            return (above - below) / (2 * Width);
        })];
    }
}
