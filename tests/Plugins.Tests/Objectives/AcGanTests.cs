using NUnit.Framework;
using PluginGan.Plugins.AcGan;
using PluginGan.Plugins.Mlp;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class AcGanTests
{
    private static readonly string[] Networks = [Roles.Generator, Roles.Discriminator];

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    // objectives_reference.py, ac-gan
    [TestCase("d", 3.301947949552594)]
    [TestCase("g", 1.3885081209300525)]
    public void The_loss_of_a_phase_is_that_of_numpy(string phase, double loss)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, conditional: true);
        Assert.That(ScriptedStep.Run(Objective(model), phase, model, TinyNetworks.Real, TinyNetworks.Z).Loss, Is.EqualTo(loss).Within(1e-9));
    }

    [Test]
    public void Gradients_match_finite_differences([Values("d", "g")] string phase)
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, conditional: true);
        FiniteDifferences.Check(Objective(model), phase, model, TinyNetworks.Real, TinyNetworks.Z);
    }

    [Test]
    public void The_classifier_is_trained_with_the_discriminator_and_the_generator_alone()
    {
        var model = new TinyNetworks(TinyNetworks.Normal, Networks, conditional: true);
        var objective = Objective(model);
        IReadOnlyList<string> Moved(string phase) => ScriptedStep.Run(objective, phase, model, TinyNetworks.Real, TinyNetworks.Z).Moved;
        Assert.That(Moved("d"), Is.EqualTo(new[] { "classifier", "discriminator" }));
        Assert.That(Moved("g"), Is.EqualTo(new[] { "generator" }));
    }

    [Test]
    public void A_model_without_classes_is_refused_and_so_is_one_without_features()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Objective(new TinyNetworks(TinyNetworks.Normal, Networks)), Throws.TypeOf<ComponentException>().With.Message.Contains("'conditional'").And.Message.Contains("'projection'"));
            Assert.That(() => Objective(new TinyNetworks(TinyNetworks.Normal, Networks, conditional: true, hasFeatures: false)), Throws.TypeOf<ComponentException>().With.Message.Contains("ac-gan").And.Message.Contains("'features'"));
        });
    }

    [Test]
    public void Features_that_hold_the_class_already_are_refused()
    {
        using var model = new MlpModel(new() { GeneratorWidths = [4], DiscriminatorWidths = [4], Conditional = true }, new ModelSpec(TinyNetworks.Data, 1));
        Assert.That(() => Objective(model), Throws.TypeOf<ComponentException>().With.Message.Contains("puts the class that it is given into them"));
    }

    private static AcGanObjective Objective(GanModel model)
    {
        var objective = new AcGanObjective(new AcGanOptions { Classes = 0.7 }, model, TinyNetworks.Data);
        var classifier = objective.Networks["classifier"].to(ScalarType.Float64);
        using var quiet = no_grad();
        classifier.get_parameter("weight")!.copy_(TinyNetworks.Wave(0.9, 6, 3).t());
        classifier.get_parameter("bias")!.zero_();
        return objective;
    }
}
