using NUnit.Framework;
using PluginGan.Plugins.AnoGan;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class FAnoGanTests
{
    private static readonly string[] Networks = [Roles.Generator, Roles.Discriminator, Roles.Encoder];

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    // objectives_reference.py, f-anogan
    [TestCase("d", 199.30337369787048)]
    [TestCase("g", -0.13356523126619907)]
    [TestCase("encoder", 0.46291484801187355)]
    public void The_loss_of_a_phase_is_that_of_numpy(string phase, double loss) => Assert.That(Run(phase).Loss, Is.EqualTo(loss).Within(1e-9));

    [Test]
    public void Gradients_match_finite_differences([Values("d", "g", "encoder")] string phase)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        FiniteDifferences.Check(new FAnoGanObjective(new FAnoGanOptions { Residual = 0.4 }, model), phase, model, TinyNetworks.Real, TinyNetworks.Z);
    }

    [TestCase("d", "discriminator")]
    [TestCase("g", "generator")]
    [TestCase("encoder", "encoder")]
    public void A_phase_trains_one_network(string phase, string trained) => Assert.That(Run(phase).Moved, Is.EqualTo(new[] { trained }));

    [TestCase(0, new[] { "d", "g" })]
    [TestCase(0.69, new[] { "d", "g" })]
    [TestCase(0.7, new[] { "encoder" })]
    [TestCase(1, new[] { "encoder" })]
    public void The_encoder_comes_after_the_share_of_the_game(double progress, string[] active)
    {
        var objective = new FAnoGanObjective(new FAnoGanOptions { Share = 0.7, DiscriminatorSteps = 3 }, new TinyNetworks(TinyNetworks.Normal, Networks));
        Assert.That(objective.Phases.Where(phase => phase.Active!.Contains(progress)).Select(phase => phase.Name), Is.EqualTo(active));
        Assert.That(objective.Phases[0].Repeat, Is.EqualTo(3));
    }

    [Test]
    public void While_the_encoder_learns_the_statistics_of_the_frozen_networks_stay_as_they_are()
    {
        manual_seed(1);
        var images = new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None);
        using var model = new DcGanEncoderModel(new() { Width = 4, Latent = 8 }, new ModelSpec(images, 1));
        var objective = new FAnoGanObjective(new FAnoGanOptions(), model);
        var before = Buffers(Roles.Generator, Roles.Discriminator);
        var encoder = Buffers(Roles.Encoder);

        _ = ScriptedStep.Run(objective, "encoder", model, new Batch(randn(4, 1, 28, 28)), randn(4, 8));

        Assert.Multiple(() =>
        {
            Assert.That(Buffers(Roles.Generator, Roles.Discriminator), Is.EqualTo(before));
            Assert.That(Buffers(Roles.Encoder), Is.Not.EqualTo(encoder));
            Assert.That(model.Networks.Values.All(network => network.training));
        });

        byte[] Buffers(params string[] roles) => [.. roles.SelectMany(role => model.Networks[role].buffers()).SelectMany(buffer => buffer.bytes.ToArray())];
    }

    [Test]
    public void A_conditional_model_and_one_without_features_are_refused()
    {
        var bare = new TinyNetworks(TinyNetworks.Normal, Networks, hasFeatures: false);
        Assert.Multiple(() =>
        {
            Assert.That(() => new FAnoGanObjective(new(), new TinyNetworks(TinyNetworks.Normal, Networks, conditional: true)), Throws.TypeOf<ComponentException>().With.Message.Contains("3 classes"));
            Assert.That(() => ScriptedStep.Run(new FAnoGanObjective(new(), bare), "encoder", bare, TinyNetworks.Real, TinyNetworks.Z), Throws.TypeOf<ComponentException>().With.Message.Contains("'features'"));
        });
    }

    private static (double Loss, IReadOnlyList<string> Moved, ScriptedStep Step) Run(string phase)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        return ScriptedStep.Run(new FAnoGanObjective(new FAnoGanOptions { Residual = 0.4 }, model), phase, model, TinyNetworks.Real, TinyNetworks.Z, LossModule.toComponent(LossModule.wasserstein));
    }
}
