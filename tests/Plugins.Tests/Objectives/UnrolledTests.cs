using NUnit.Framework;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Unrolled;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class UnrolledTests
{
    private static readonly string[] Networks = [Roles.Generator, Roles.Discriminator];

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    // objectives_reference.py, unrolled
    [TestCase("d", false, 1.6525964850192785)]
    [TestCase("unroll", false, 1.6525964850192785)]
    [TestCase("g", false, 0.656173725129586)]
    [TestCase("g", true, -0.7897389563957851)]
    public void The_loss_of_a_phase_is_that_of_numpy(string phase, bool saturating, double expected)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        var objective = new UnrolledObjective(new UnrolledOptions(), model);
        var loss = saturating ? LossModule.toComponent(LossModule.saturating(0)) : null;
        var (found, moved, _) = ScriptedStep.Run(objective, phase, model, TinyNetworks.Real, TinyNetworks.Z, loss);

        Assert.That(found, Is.EqualTo(expected).Within(1e-9));
        Assert.That(moved, Is.EqualTo(new[] { phase == "g" ? "generator" : "discriminator" }));
    }

    [Test]
    public void Gradients_match_finite_differences([Values("d", "unroll", "g")] string phase)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks);
        FiniteDifferences.Check(new UnrolledObjective(new UnrolledOptions(), model), phase, model, TinyNetworks.Real, TinyNetworks.Z);
    }

    [Test]
    public void The_discriminator_looks_ahead_before_the_generator_moves()
    {
        var phases = new UnrolledObjective(new UnrolledOptions { Steps = 7 }, new TinyNetworks(TinyNetworks.Normal, Networks)).Phases;
        Assert.That(phases.Select(phase => (phase.Name, phase.Repeat, phase.RevertsAfterIteration)), Is.EqualTo(new[] { ("d", 1, false), ("unroll", 7, true), ("g", 1, false) }));
    }

    [Test]
    public void Without_steps_it_is_the_usual_game()
    {
        var phases = new UnrolledObjective(new UnrolledOptions { Steps = 0 }, new TinyNetworks(TinyNetworks.Normal, Networks)).Phases;
        Assert.That(phases.Select(phase => phase.Name), Is.EqualTo(new[] { "d", "g" }));
    }
}
