using NUnit.Framework;
using PluginGan.Plugins.InfoGan;
using PluginGan.Plugins.Mlp;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class InfoGanTests
{
    private static readonly string[] Networks = [Roles.Generator, Roles.Discriminator];
    private static readonly LatentSpec Latent = new([new NormalPart(2), new CategoricalPart(3), new UniformPart(2)]);

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    private static Tensor Code => cat([TinyNetworks.Wave(0.7, 4, 2), nn.functional.one_hot(tensor(new long[] { 1, 0, 2, 2 }), 3).to(ScalarType.Float64), TinyNetworks.Wave(0.8, 4, 2)], 1);

    // objectives_reference.py, infogan
    [TestCase("d", 2.480100469761775)]
    [TestCase("g", 0.5705335403024447)]
    public void The_loss_of_a_phase_is_that_of_numpy(string phase, double loss)
    {
        var model = new TinyNetworks(Latent, Networks);
        var (found, _, step) = ScriptedStep.Run(Objective(model), phase, model, TinyNetworks.Real, Code);

        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(loss).Within(1e-9));
            Assert.That(step.Value("categorical-information"), Is.EqualTo(0.00258488071835683).Within(1e-9));
            Assert.That(step.Value("continuous-information"), Is.EqualTo(-0.8903912409910444).Within(1e-9));
        });
    }

    [Test]
    public void Gradients_match_finite_differences([Values("d", "g")] string phase)
    {
        var model = new TinyNetworks(Latent, Networks);
        FiniteDifferences.Check(Objective(model), phase, model, TinyNetworks.Real, Code);
    }

    [Test]
    public void The_recogniser_is_trained_with_the_discriminator_and_the_generator_alone()
    {
        var model = new TinyNetworks(Latent, Networks);
        var objective = Objective(model);
        IReadOnlyList<string> Moved(string phase) => ScriptedStep.Run(objective, phase, model, TinyNetworks.Real, Code).Moved;
        Assert.That(Moved("d"), Is.EqualTo(new[] { "discriminator", "recogniser" }));
        Assert.That(Moved("g"), Is.EqualTo(new[] { "generator" }));
    }

    [Test]
    public void A_code_that_is_surely_recognised_is_worth_its_entropy()
    {
        var codes = new Codes(new LatentSpec([new CategoricalPart(4)]));
        var latent = eye(4, dtype: ScalarType.Float64);
        Assert.That(codes.Categorical(latent, latent * 100)!.item<double>(), Is.EqualTo(Math.Log(4)).Within(1e-9));
        Assert.That(codes.Continuous(latent, latent), Is.Null);
    }

    [Test]
    public void A_latent_without_codes_is_refused()
    {
        var error = Assert.Throws<ComponentException>(() => Objective(new TinyNetworks(TinyNetworks.Normal, Networks)));
        Assert.That(error!.Message, Does.Contain("code").And.Contain("'categorical'"));
    }

    [Test]
    public void Uniform_noise_that_would_be_taken_for_a_code_is_refused()
    {
        using var model = new MlpModel(new() { GeneratorWidths = [4], DiscriminatorWidths = [4], LatentDistribution = LatentDistribution.Uniform, Categorical = 3 }, new ModelSpec(TinyNetworks.Data, 1));
        var error = Assert.Throws<ComponentException>(() => Objective(model));
        Assert.That(error!.Message, Does.Contain("noise").And.Contain("'latentDistribution'"));
    }

    [Test]
    public void A_discriminator_without_features_is_refused_before_training()
    {
        var error = Assert.Throws<ComponentException>(() => Objective(new TinyNetworks(Latent, Networks, hasFeatures: false)));
        Assert.That(error!.Message, Does.Contain("infogan").And.Contain("'features'").And.Contain("no heads"));
    }

    private static InfoGanObjective Objective(GanModel model)
    {
        var objective = new InfoGanObjective(new InfoGanOptions { Categorical = 1.5, Continuous = 0.2, Hidden = 7 }, model, TinyNetworks.Data);
        var recogniser = (Sequential)objective.Networks["recogniser"].to(ScalarType.Float64);
        using var quiet = no_grad();
        recogniser.get_parameter("hidden.weight")!.copy_(TinyNetworks.Wave(0.9, 6, 7).t());
        recogniser.get_parameter("codes.weight")!.copy_(TinyNetworks.Wave(1.0, 7, 5).t());
        recogniser.get_parameter("codes.bias")!.zero_();
        return objective;
    }
}
