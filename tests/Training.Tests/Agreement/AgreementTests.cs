using NUnit.Framework;
using PluginGan.Plugins.Losses;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace PluginGan.Training.Tests;

/// <summary>The trainer, with buffers, formats and frozen networks, against a plain loop with formulas of its own.</summary>
public class AgreementTests
{
    [TestCase("non-saturating", "contiguous", 1e-5)]
    [TestCase("hinge", "contiguous", 1e-5)]
    [TestCase("wgan-gp", "contiguous", 1e-4)]
    // With their channels innermost convolutions add up in another order, and a game amplifies the rounding.
    [TestCase("non-saturating", "channelsLast", 1e-4)]
    [TestCase("hinge", "channelsLast", 1e-3)]
    [TestCase("wgan-gp", "channelsLast", 1e-3)]
    public void Twenty_iterations_have_the_losses_of_a_plain_loop(string name, string format, double tolerance)
    {
        using var scope = NewDisposeScope();
        var (ours, penalty, discriminatorLoss, generatorLoss) = Game(name);

        var recorded = Train(ours, penalty, format);
        var plain = PlainLoop.Replay(new ConvGame(seed: 3, batchNorm: penalty == 0), recorded, discriminatorLoss, generatorLoss, penalty).ToList();

        Assert.That(recorded, Has.Count.EqualTo(penalty > 0 ? 60 : 40));
        // Relative to the usual size of the phase's loss: that of a critic crosses zero.
        foreach (var pairs in recorded.Zip(plain).GroupBy(pair => pair.First.Phase))
        {
            var size = pairs.Average(pair => Math.Abs(pair.Second));
            foreach (var (evaluation, expected) in pairs)
                Assert.That(evaluation.Loss, Is.EqualTo(expected).Within(tolerance * size), $"phase {pairs.Key}");
        }
    }

    private static (AdversarialLoss Ours, double Penalty, Func<Tensor, Tensor, Tensor> D, Func<Tensor, Tensor> G) Game(string name) => name switch
    {
        "non-saturating" => (LossModule.toComponent(LossModule.nonSaturating(0)), 0,
            (real, fake) => binary_cross_entropy_with_logits(real, ones_like(real)) + binary_cross_entropy_with_logits(fake, zeros_like(fake)),
            fake => binary_cross_entropy_with_logits(fake, ones_like(fake))),
        "hinge" => (LossModule.toComponent(LossModule.hinge), 0, (real, fake) => relu(1 - real).mean() + relu(1 + fake).mean(), fake => -fake.mean()),
        "wgan-gp" => (LossModule.toComponent(LossModule.wasserstein), 10, (real, fake) => fake.mean() - real.mean(), fake => -fake.mean()),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static List<Evaluation> Train(AdversarialLoss loss, double penalty, string format)
    {
        Recording recording = null!;
        var model = new ConvGame(seed: 3, batchNorm: penalty == 0) { Generating = latent => recording.Drawn(latent) };
        ImageTraining.Run(model, loss, penalty, $"\"discriminatorSteps\": {(penalty > 0 ? 2 : 1)}, \"memoryFormat\": \"{format}\"", objective => recording = new Recording(objective));
        return recording.Evaluations;
    }
}
