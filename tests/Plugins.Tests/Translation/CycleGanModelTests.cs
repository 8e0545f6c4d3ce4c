using NUnit.Framework;
using PluginGan.Plugins.CycleGan;
using PluginGan.Plugins.Losses;
using PluginGan.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

public sealed class CycleGanModelTests
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
    public void Every_size_is_translated_to_and_fro_and_judged([Values(28, 32, 56, 64, 112, 128)] int side, [Values(1, 3)] int from, [Values(1, 3)] int to)
    {
        var model = Model(side, side, from, to);
        var translation = model.Generate(zeros([2, 0]), rand(2, from, side, side));
        var back = Network(model, "inverse-generator").call(translation);
        var patches = (side >> 2) - 2;
        Assert.Multiple(() =>
        {
            Assert.That(translation.shape, Is.EqualTo(new long[] { 2, to, side, side }));
            Assert.That(back.shape, Is.EqualTo(new long[] { 2, from, side, side }));
            Assert.That(maximum(translation.abs().max(), back.abs().max()).item<float>(), Is.LessThanOrEqualTo(1));
            Assert.That(model.Discriminate(translation, null).Logits.shape, Is.EqualTo(new long[] { 2, 1, patches, patches }));
            Assert.That(Network(model, "inverse-discriminator").call(back).shape, Is.EqualTo(new long[] { 2, 1, patches, patches }));
        });
    }

    [Test]
    public void Every_parameter_receives_a_gradient_from_the_phase_that_trains_its_network()
    {
        var model = Model(28, 28);
        using var objective = new CycleGanObjective(new(), model, new DataSpec(new ImageSpec(1, 28, 28), model.Condition));
        var step = Step(model, rand(3, 1, 28, 28), rand(3, 1, 28, 28));
        foreach (var phase in objective.Phases)
        {
            var loss = step.Update(objective, phase.Name)!;
            foreach (var parameter in model.Networks.Values.SelectMany(network => network.parameters()))
                parameter.grad = null;
            loss.backward();
            var without = phase.Trains.SelectMany(role => model.Networks[role].named_parameters().Where(entry => entry.parameter.grad is not { } gradient || gradient.eq(0).all().item<bool>()).Select(entry => $"{role}.{entry.name}"));
            Assert.That(without, Is.Empty);
        }
    }

    [Test]
    public void Gradients_of_the_networks_agree_with_finite_differences()
    {
        var model = Model(12, 12, depth: 1);
        foreach (var network in model.Networks.Values)
            network.to(ScalarType.Float64);
        using var objective = new CycleGanObjective(new() { Pool = 0 }, model, new DataSpec(new ImageSpec(1, 12, 12), model.Condition));
        var (samples, conditions) = (rand(2, 1, 12, 12, float64), rand(2, 1, 12, 12, float64));
        foreach (var phase in objective.Phases)
        {
            NetworkGradients.AssertDifferences(phase.Trains.Select(role => model.Networks[role]), () =>
            {
                var step = Step(model, samples, conditions);
                var loss = step.Update(objective, "g")!;
                return phase.Name == "g" ? loss : step.Update(objective, phase.Name)!;
            });
        }
    }

    [Test]
    public void At_the_papers_width_the_channels_are_those_of_the_paper()
    {
        var model = new CycleGanModel(new() { Blocks = 9, DiscriminatorDepth = 3 }, Spec(128, 128, 3, 3));
        var generator = model.Networks[Roles.Generator].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.shape);
        Assert.Multiple(() =>
        {
            Assert.That(generator["layers.convolution1.weight"], Is.EqualTo(new long[] { 64, 3, 7, 7 }));
            Assert.That(generator["layers.down2.weight"], Is.EqualTo(new long[] { 256, 128, 3, 3 }));
            Assert.That(generator["layers.block9.layers.convolution2.weight"], Is.EqualTo(new long[] { 256, 256, 3, 3 }));
            Assert.That(generator["layers.up2.weight"], Is.EqualTo(new long[] { 128, 64, 3, 3 }));
            Assert.That(generator["layers.image.weight"], Is.EqualTo(new long[] { 3, 64, 7, 7 }));
        });
    }

    [Test]
    public void Each_image_is_translated_by_itself()
    {
        var model = Model(28, 28);
        var sources = rand(3, 1, 28, 28);
        Assert.That(model.Generate(zeros([3, 0]), sources)[..1].allclose(model.Generate(zeros([1, 0]), sources[..1]), atol: 1e-5), Is.True);
    }

    [Test]
    public void What_cannot_be_translated_is_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => new CycleGanModel(new(), new ModelSpec(new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None), 1)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("with no condition").And.Message.Contains("'unpaired'"));
        Assert.That(() => new CycleGanModel(new(), Spec(28, 28) with { Pack = 2 }), Throws.TypeOf<ComponentException>().With.Message.Contains("'pack' is 2"));
        Assert.That(() => Model(30, 28), Throws.TypeOf<ComponentException>().With.Message.Contains("multiples of 4, but these are 28×30"));
        Assert.That(() => Model(28, 28, depth: 4), Throws.TypeOf<ComponentException>().With.Message.EqualTo("images of 28×28 can be halved 3 times at most, but 'discriminatorDepth' is 4"));
        Assert.That(() => new CycleGanModel(new(), new ModelSpec(new DataSpec(new ImageSpec(1, 28, 28), new SampleCondition(new ImageSpec(1, 32, 32))), 1)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("from 32×32 to 28×28"));
        Assert.That(() => Model(28, 28).Generate(zeros([1, 0]), null), Throws.TypeOf<ComponentException>());
    });

    private static nn.Module<Tensor, Tensor> Network(GanModel model, string role) => (nn.Module<Tensor, Tensor>)model.Networks[role];

    private static ModelSpec Spec(int height, int width, int from = 1, int to = 1) =>
        new(new DataSpec(new ImageSpec(to, height, width), new SampleCondition(new ImageSpec(from, height, width))), 1);

    private static CycleGanModel Model(int height, int width, int from = 1, int to = 1, int depth = 2) => new(new() { Width = 4, Blocks = 1, DiscriminatorDepth = depth }, Spec(height, width, from, to));

    private static GivenStep Step(GanModel model, Tensor samples, Tensor conditions) =>
        new(model, new Batch(samples, conditions)) { Latents = zeros([samples.shape[0], 0]), Loss = LossModule.toComponent(LossModule.leastSquares) };
}
