using NUnit.Framework;
using PluginGan.Plugins.BiGan;
using PluginGan.Plugins.DcGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class BiGanTests
{
    private static readonly string[] Networks = [Roles.Generator, Roles.Encoder, Roles.Discriminator];

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    // objectives_reference.py, bigan
    [TestCase("d", 1.7809245177561992)]
    [TestCase("ge", 1.6079322775618556)]
    public void The_loss_of_a_phase_is_that_of_numpy(string phase, double loss) =>
        Assert.That(Run(Model(stochastic: false), phase).Loss, Is.EqualTo(loss).Within(1e-9));

    [Test]
    public void Gradients_match_finite_differences([Values("d", "ge")] string phase, [Values] bool stochastic)
    {
        var model = Model(stochastic);
        FiniteDifferences.Check(new BiGanObjective(model, TinyNetworks.Data), phase, model, TinyNetworks.Real, TinyNetworks.Z);
    }

    [Test]
    public void Encoder_and_generator_are_trained_together_against_the_discriminator()
    {
        Assert.That(Run(Model(stochastic: true), "d").Moved, Is.EqualTo(new[] { "discriminator" }));
        Assert.That(Run(Model(stochastic: true), "ge").Moved, Is.EqualTo(new[] { "encoder", "generator" }));
    }

    [Test]
    public void A_discriminator_that_does_not_look_at_latents_is_refused()
    {
        var images = new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None);
        using var model = new DcGanEncoderModel(new() { Width = 4, Latent = 8 }, new ModelSpec(images, 1));
        var error = Assert.Throws<ComponentException>(() => _ = new BiGanObjective(model, images));
        Assert.That(error!.Message, Does.Contain("pairs").And.Contain("dcgan-bigan"));
    }

    [Test]
    public void A_conditional_model_is_refused()
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, conditional: true, joint: true);
        var error = Assert.Throws<ComponentException>(() => _ = new BiGanObjective(model, TinyNetworks.Data));
        Assert.That(error!.Message, Does.Contain("3 classes"));
    }

    private static TinyNetworks Model(bool stochastic) => new(TinyNetworks.Normal, Networks, stochastic: stochastic, joint: true);

    private static (double Loss, IReadOnlyList<string> Moved, ScriptedStep Step) Run(TinyNetworks model, string phase) =>
        ScriptedStep.Run(new BiGanObjective(model, TinyNetworks.Data), phase, model, TinyNetworks.Real, TinyNetworks.Z);
}
