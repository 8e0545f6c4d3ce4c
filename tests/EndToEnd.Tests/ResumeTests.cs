using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Runs that end in every way but the planned one, and continue as if they had not.</summary>
public class ResumeTests
{
    private const string Images = """
        {
          "name": "images",
          "dataset": { "name": "fashion-mnist-10k", "subset": 500 },
          "architecture": { "name": "dcgan", "width": 4, "conditional": true },
          "loss": "hinge",
          "regularizers": [ { "name": "r1", "weight": 0.1, "interval": 4 } ],
          "training": { "iterations": 60, "batch": 16, "checkpointEvery": 10, "logEvery": 7, "snapshotEvery": 0, "ema": { "halfLifeKimg": 0.2 } }
        }
        """;

    private static readonly string Game = Recipe.Tiny
        .With("{ \"name\": \"tiny\" }", "{ \"name\": \"tiny\", \"dropout\": 0.3, \"batchNorm\": true }")
        .With("\"loss\": { \"name\": \"non-saturating\" }", "\"objective\": \"three-networks\"")
        .With("\"iterations\": 40", "\"iterations\": 3000")
        .With("\"checkpointEvery\": 10", "\"checkpointEvery\": 50");

    [Test]
    public void After_kill_9_at_three_moments_the_images_run_ends_as_if_uninterrupted() => KilledRunsEndAlike(Images, [0.2, 0.45, 0.7]);

    [Test]
    public void After_kill_9_at_three_moments_a_game_of_three_networks_ends_as_if_uninterrupted() => KilledRunsEndAlike(Game, [0.15, 0.4, 0.8]);

    [Test]
    public void A_truncated_checkpoint_is_said_and_the_one_before_it_is_used()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        product.Run("train", "recipe.json");
        var run = product.OnlyRun();
        var expected = Hash(run);
        Directory.Delete(Path.Combine(run, "checkpoints", "0000040"), recursive: true);
        using (var file = File.OpenWrite(Path.Combine(run, "checkpoints", "0000030", "state.safetensors")))
            file.SetLength(file.Length / 2);
        File.Delete(Path.Combine(run, "generator.safetensors"));

        var outcome = product.Run("train", "--resume", "tiny");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("0000030").And.Contain("damaged").And.Contain("before it"));
        Assert.That(Hash(run), Is.EqualTo(expected));
    }

    [Test]
    public void An_interrupted_run_checkpoints_exits_130_and_continues()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Game);
        product.Run("train", "recipe.json", "--name", "whole");
        var expected = Hash(product.OnlyRun());
        using var running = product.Start("train", "recipe.json", "--name", "cut");
        var events = WaitForRun(product, "cut", running, lines => lines.Any(line => line.Contains("checkpoint", StringComparison.Ordinal)));

        Interrupt(running.Id);
        var interrupted = running.Wait();
        var resumed = product.Run("train", "--resume", "cut");

        Assert.That(interrupted.ExitCode, Is.EqualTo(130), interrupted.ToString());
        Assert.That(interrupted.Output, Does.Contain("--resume"));
        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(Hash(Path.GetDirectoryName(events)!), Is.EqualTo(expected));
    }

    [Test]
    public void A_run_that_is_being_trained_cannot_be_resumed_by_another_process()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Game.With("\"iterations\": 3000", "\"iterations\": 300000"));
        using var running = product.Start("train", "recipe.json");
        WaitForRun(product, "tiny", running, lines => lines.Length > 0);

        var second = product.Run("train", "--resume", "tiny");

        Assert.That(second.ExitCode, Is.EqualTo(1), second.ToString());
        Assert.That(second.Errors, Does.Contain("another process"));
        Assert.That(running.HasExited, Is.False);
    }

    private static void KilledRunsEndAlike(string recipe, double[] moments)
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", recipe);
        var whole = product.Run("train", "recipe.json", "--name", "whole");
        Assert.That(whole.ExitCode, Is.Zero, whole.ToString());
        var expected = Hash(product.OnlyRun());

        // Killed once the history has grown to a share of the whole one's lines: at three moments of the run, wherever it is then.
        var lines = File.ReadAllLines(Path.Combine(product.OnlyRun(), "events.jsonl")).Length;
        foreach (var moment in moments)
        {
            using var running = product.Start(Directory.GetDirectories(product.Runs).Any(IsCut) ? ["train", "--resume", "cut"] : ["train", "recipe.json", "--name", "cut"]);
            WaitForRun(product, "cut", running, events => events.Length >= moment * lines);
            running.Kill();
        }
        var resumed = product.Run("train", "--resume", "cut");

        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(Hash(Directory.GetDirectories(product.Runs).Single(IsCut)), Is.EqualTo(expected));
    }

    private static bool IsCut(string path) => path.Contains("-cut-", StringComparison.Ordinal);

    private static string WaitForRun(Product product, string name, Product.Running running, Func<string[], bool> reached)
    {
        while (true)
        {
            var events = Directory.Exists(product.Runs)
                ? Directory.GetDirectories(product.Runs, $"*-{name}-*").Select(path => Path.Combine(path, "events.jsonl")).SingleOrDefault(File.Exists)
                : null;
            if (events is not null && reached(Lines(events)))
                return events;
            Assert.That(running.HasExited, Is.False, "the run ended before the moment to interrupt it");
            Thread.Yield();
        }
    }

    private static string[] Lines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Hash(string run) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(run, "generator.safetensors"))));

    private static void Interrupt(int process) => Assert.That(Kill(process, 2), Is.Zero);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
