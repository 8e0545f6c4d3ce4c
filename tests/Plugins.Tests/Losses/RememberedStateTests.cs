using NUnit.Framework;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Tests.Devices;

namespace PluginGan.Plugins.Tests;

/// <summary>What components remember is part of a checkpoint: a training that is cut in two ends with the same bits.</summary>
public sealed class RememberedStateTests
{
    [Test]
    public void Averages_and_adaptive_probability_survive_a_resume_to_the_bit([Values(1, 2)] int pack)
    {
        using var whole = Training(pack);
        whole.Run();

        using var first = Training(pack);
        first.Run(until: 5);
        using var second = Training(pack);
        second.Trainer.Restore(first.Trainer.Capture());
        second.Run();

        var (expected, actual) = (Bytes(whole), Bytes(second));
        Assert.That(expected["state/2/probability"].Any(bit => bit != 0), "the adaptive probability has moved");
        Assert.That(expected["state/0/real"].Any(bit => bit != 0) && expected["state/1/length"].Any(bit => bit != 0), "the averages have moved");
        Assert.That(actual, Is.EqualTo(expected));
    }

    private static SmallTraining Training(int pack) => new(
        "hinge", ["lecam", "path-length"], new DcGanOptions { Width = 4, Latent = 8 },
        [("diff-augment", new DiffAugmentOptions { Adaptive = true, Target = -1, SpeedKimg = 0.1 })], pack);

    private static Dictionary<string, byte[]> Bytes(SmallTraining training) =>
        training.Trainer.Capture().Tensors.ToDictionary(entry => entry.Key, entry => entry.Value.contiguous().bytes.ToArray());
}
