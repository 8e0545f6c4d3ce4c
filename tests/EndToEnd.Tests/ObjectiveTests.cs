using System.Security.Cryptography;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>The objectives of images as their recipes have them, with small networks on few images.</summary>
public class ObjectiveTests
{
    private static readonly string[] Small =
    [
        "--threads", "1", "--set", "training.iterations=6", "--set", "training.checkpointEvery=3", "--set", "training.batch=8", "--set", "architecture.width=4", "--set", "evaluators=[]",
    ];

    [Test]
    public void A_recipe_that_goes_on_from_its_third_iteration_ends_as_it_did_without_a_break(
        [Values("fashion-vae", "fashion-vae-gan", "fashion-infogan", "fashion-ac-gan", "fashion-bigan", "fashion-unrolled", "fashion-anogan")] string recipe)
    {
        using var product = new Product();
        var outcome = product.Run(["train", Path.Combine(Product.Repository, "recipes", $"{recipe}.json"), "--name", "six", .. Small]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var run = product.OnlyRun();
        var expected = Hashes(run);
        var middle = Hash(Path.Combine(run, "checkpoints", "0000003", "state.safetensors"));
        Directory.Delete(Path.Combine(run, "checkpoints", "0000006"), recursive: true);
        File.Delete(Path.Combine(run, "generator.safetensors"));

        var resumed = product.Run("train", "--resume", "six", "--threads", "1");

        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(Hashes(run), Is.EqualTo(expected));
        Assert.That(middle, Is.Not.EqualTo(expected.State));
    }

    private static (string Generator, string State) Hashes(string run) =>
        (Hash(Path.Combine(run, "generator.safetensors")), Hash(Path.Combine(run, "checkpoints", "0000006", "state.safetensors")));

    private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
