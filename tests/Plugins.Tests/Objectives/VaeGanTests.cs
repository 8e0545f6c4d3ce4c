using NUnit.Framework;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.VaeGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class VaeGanTests
{
    private static readonly string[] Networks = [Roles.Encoder, Roles.Generator, Roles.Discriminator];

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    // objectives_reference.py, vae-gan
    [TestCase("d", false, 3.2010026718775673)]
    [TestCase("encoder", false, 118.68959560079853)]
    [TestCase("g", false, 1.375952212105255)]
    [TestCase("g", true, -1.457249967173937)]
    public void The_loss_of_a_phase_is_that_of_numpy(string phase, bool saturating, double loss)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, shift: -80);
        Assert.That(Run(model, phase, saturating).Loss, Is.EqualTo(loss).Within(1e-9));
    }

    [Test]
    public void Gradients_match_finite_differences([Values("d", "encoder", "g")] string phase)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        FiniteDifferences.Check(new VaeGanObjective(new VaeGanOptions { Similarity = 0.3 }, model), phase, model, TinyNetworks.Real, TinyNetworks.Z);
    }

    [TestCase("d", Roles.Discriminator)]
    [TestCase("encoder", Roles.Encoder)]
    [TestCase("g", Roles.Generator)]
    public void A_phase_trains_one_network(string phase, string trained) =>
        Assert.That(Run(new TinyNetworks(TinyNetworks.Normal, Networks), phase, false).Moved, Is.EqualTo(new[] { trained }));

    [Test]
    public void All_phases_look_at_one_batch()
    {
        var phases = new VaeGanObjective(new VaeGanOptions(), new TinyNetworks(TinyNetworks.Normal, Networks)).Phases;
        Assert.That(phases.Select(phase => (phase.Name, phase.SharesDraw)), Is.EqualTo(new[] { ("d", false), ("encoder", true), ("g", true) }));
    }

    [Test]
    public void Features_variances_and_normal_latents_are_needed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Run(new TinyNetworks(TinyNetworks.Normal, Networks, hasFeatures: false), "encoder", false), Throws.TypeOf<ComponentException>().With.Message.Contains("'features'"));
            Assert.That(() => Run(new TinyNetworks(TinyNetworks.Normal, Networks, stochastic: false), "d", false), Throws.TypeOf<ComponentException>().With.Message.Contains("no variance"));
            Assert.That(() => Run(new TinyNetworks(new LatentSpec([new UniformPart(3)]), Networks), "d", false), Throws.TypeOf<ComponentException>().With.Message.Contains("but the model's have 3 uniform values"));
        });
    }

    private static (double Loss, IReadOnlyList<string> Moved, ScriptedStep Step) Run(TinyNetworks model, string phase, bool saturating) =>
        ScriptedStep.Run(new VaeGanObjective(new VaeGanOptions { Similarity = 0.3 }, model), phase, model, TinyNetworks.Real, TinyNetworks.Z, saturating ? LossModule.toComponent(LossModule.saturating(0)) : null);
}
