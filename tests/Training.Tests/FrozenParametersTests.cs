using NUnit.Framework;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Parameters that a plugin has frozen, as those of a pretrained part of a network.</summary>
public class FrozenParametersTests
{
    [TestCase(1)]
    [TestCase(4)]
    public void They_stay_as_they_are_while_the_others_of_the_network_are_trained(int accumulate)
    {
        using var scope = NewDisposeScope();
        Parameter? frozen = null;
        // Averages too: they move the generator's parameters, and no others.
        using var training = new PointTraining(
            model =>
            {
                frozen = model.Networks[Roles.Generator].parameters().First();
                frozen.requires_grad = false;
                return AdversarialObjective.Of(model, new Logistic(), []);
            },
            $"\"accumulate\": {accumulate}, \"ema\": {{ \"halfLifeKimg\": 0.1 }}");
        var others = training.Model.Networks.Values.SelectMany(network => network.parameters())
            .Where(parameter => parameter.Handle != frozen!.Handle).ToList();
        var before = others.Select(parameter => parameter.detach().clone()).ToList();
        var kept = frozen!.detach().clone();

        training.Run();

        Assert.That(frozen.Equals(kept), "the frozen one");
        Assert.That(training.Trainer.WithAverages(() => frozen.detach().clone()).Equals(kept), "the frozen one among averages");
        Assert.That(frozen.requires_grad, Is.False);
        Assert.That(others.Zip(before).Select(pair => pair.First.Equals(pair.Second)), Has.None.True, "the others");
    }
}
