using NUnit.Framework;
using PluginGan.Plugins.Vae;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class VaeTests
{
    private static readonly string[] Networks = [Roles.Encoder, Roles.Generator];

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    // objectives_reference.py, vae
    [TestCase(Likelihood.Gaussian, 0.5, 1.0, 124.30740803058923, 118.62947010927638)]
    [TestCase(Likelihood.Gaussian, 2.0, 4.0, 482.8626203283092, 118.62947010927638)]
    [TestCase(Likelihood.Bernoulli, 1.0, 1.0, 122.07729616386789, 118.62947010927638)]
    public void The_loss_is_that_of_numpy(Likelihood likelihood, double deviation, double beta, double loss, double divergence)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, shift: -80);
        var (found, _, step) = ScriptedStep.Run(Objective(model, likelihood, deviation, beta), "elbo", model, TinyNetworks.Real, TinyNetworks.Z);

        Assert.That(found, Is.EqualTo(loss).Within(1e-9));
        Assert.That(step.Value("divergence"), Is.EqualTo(divergence).Within(1e-9));
        Assert.That(step.Value("bound"), Is.EqualTo(-step.Value("reconstruction") - divergence).Within(1e-9));
    }

    [Test]
    public void Gradients_match_finite_differences_through_the_drawn_latent([Values] Likelihood likelihood)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        FiniteDifferences.Check(Objective(model, likelihood, 0.7, 2), "elbo", model, TinyNetworks.Real, TinyNetworks.Z);
    }

    [Test]
    public void One_phase_trains_encoder_and_generator()
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        var objective = Objective(model, Likelihood.Gaussian, 1, 1);

        Assert.That(objective.Phases, Has.Count.EqualTo(1));
        Assert.That(ScriptedStep.Run(objective, "elbo", model, TinyNetworks.Real, TinyNetworks.Z).Moved, Is.EqualTo(Networks));
    }

    [Test]
    public void A_conditional_autoencoder_is_given_the_classes()
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, conditional: true);
        var objective = Objective(model, Likelihood.Gaussian, 1, 1);
        double Loss(params long[] classes) => ScriptedStep.Run(objective, "elbo", model, new Batch(TinyNetworks.Real.Samples, tensor(classes)), TinyNetworks.Z).Loss;

        Assert.That(Loss(0, 2, 1, 2), Is.Not.EqualTo(Loss(1, 1, 1, 1)).Within(1e-6));
    }

    [Test]
    public void A_latent_that_is_not_normal_is_refused()
    {
        var model = new TinyNetworks(new LatentSpec([new NormalPart(2), new CategoricalPart(3)]), Networks);
        var error = Assert.Throws<ComponentException>(() => Objective(model, Likelihood.Gaussian, 1, 1));
        Assert.That(error!.Message, Does.Contain("but the model's have 3 categories").And.Contain("normal latent"));
    }

    [Test]
    public void An_encoder_without_variance_is_refused()
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, stochastic: false);
        var error = Assert.Throws<ComponentException>(() => ScriptedStep.Run(Objective(model, Likelihood.Gaussian, 1, 1), "elbo", model, TinyNetworks.Real, TinyNetworks.Z));
        Assert.That(error!.Message, Does.Contain("no variance"));
    }

    [Test]
    public void Bernoulli_is_for_images()
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        var error = Assert.Throws<ComponentException>(() => _ = new VaeObjective(new VaeOptions { Likelihood = Likelihood.Bernoulli }, model, new VectorSpec(5)));
        Assert.That(error!.Message, Does.Contain("bernoulli").And.Contain("gaussian"));
    }

    [Test]
    public void A_pixel_that_is_surely_wrong_costs_much_but_not_infinity()
    {
        var cost = Reconstruction.Bernoulli(tensor(new[,] { { 1f, -1f } }), tensor(new[,] { { -1f, 1f } })).item<float>();
        Assert.That(cost, Is.EqualTo(2 * Math.Log(1e7)).Within(0.5));
    }

    private static VaeObjective Objective(GanModel model, Likelihood likelihood, double deviation, double beta) =>
        new(new VaeOptions { Likelihood = likelihood, Deviation = deviation, Beta = beta }, model, null);
}
