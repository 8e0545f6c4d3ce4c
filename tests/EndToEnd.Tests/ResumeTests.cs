using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Runs that end in every way but the planned one, and continue as if they had not.</summary>
public class ResumeTests
{
    private const int Kills = 10;

    private const string Images = """
        {
          "name": "images",
          "dataset": { "name": "fashion-mnist-10k", "subset": 500 },
          "architecture": { "name": "dcgan", "width": 8, "conditional": true },
          "loss": "hinge",
          "regularizers": [ { "name": "r1", "weight": 0.1, "interval": 4 } ],
          "augmentations": [ { "name": "diff-augment", "policy": ["translation"], "adaptive": true, "target": -0.5, "speedKimg": 5 } ],
          "training": {
            "iterations": 300, "batch": 16, "checkpointEvery": 6, "logEvery": 7, "snapshotEvery": 0, "ema": { "halfLifeKimg": 0.2, "rampUp": 0.3 },
            "optimizers": { "default": { "rate": { "shape": "cosine", "from": 2e-4, "to": 0, "warmUp": 0.2 } } }
          }
        }
        """;

    private static readonly string Game = Recipe.Tiny
        .With("{ \"name\": \"tiny\" }", "{ \"name\": \"tiny\", \"dropout\": 0.3, \"batchNorm\": true }")
        .With("\"loss\": { \"name\": \"non-saturating\" }", "\"objective\": \"three-networks\"")
        .With("\"iterations\": 40", "\"iterations\": 3000")
        .With("\"checkpointEvery\": 10", "\"checkpointEvery\": 50");

    [Test]
    public void After_kill_9_at_ten_random_moments_the_images_run_ends_as_if_uninterrupted() => KilledRunsEndAlike(Images, seed: 1);

    [Test]
    public void After_kill_9_at_ten_random_moments_a_game_of_three_networks_ends_as_if_uninterrupted() => KilledRunsEndAlike(Game, seed: 2);

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
        var report = File.ReadAllText(Path.Combine(Path.GetDirectoryName(events)!, "report.html"));
        var resumed = product.Run("train", "--resume", "cut");

        Assert.That(interrupted.ExitCode, Is.EqualTo(130), interrupted.ToString());
        Assert.That(interrupted.Output, Does.Contain("--resume"));
        Assert.That(report.Contains("<span class=\"status interrupted\">", StringComparison.Ordinal), "the report tells where the run stands");
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

    // Every other kill is by the clock, the others come while a checkpoint is being written. What each leaves behind, the next goes on from.
    private static void KilledRunsEndAlike(string recipe, int seed)
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", recipe);
        var clock = Stopwatch.StartNew();
        var whole = product.Run("train", "recipe.json", "--name", "whole");
        Assert.That(whole.ExitCode, Is.Zero, whole.ToString());
        var length = clock.Elapsed;
        var expected = Outcome(product.OnlyRun());

        var random = new Random(seed);
        var torn = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            // One that was done before the kill came counts as well, and is followed by a run from the start.
            var cut = Cut(product);
            if (cut is not null && IsFinished(cut))
            {
                Assert.That(Outcome(cut), Is.EqualTo(expected));
                Directory.Delete(cut, recursive: true);
                cut = null;
            }
            using var running = product.Start(cut is null ? ["train", "recipe.json", "--name", "cut"] : ["train", "--resume", "cut"]);
            var before = cut is null ? 0 : Lines(Events(cut)).Length;
            WaitForRun(product, "cut", running, events => events.Length > before);
            clock.Restart();
            var moment = random.NextDouble() * length / Kills;
            cut = Cut(product)!;
            if (kill % 2 == 0)
                WaitUntil(() => clock.Elapsed >= moment || running.HasExited);
            else
                WaitUntil(() => (clock.Elapsed >= moment && IsWriting(cut)) || running.HasExited);
            running.Kill();
            torn += IsWriting(cut) ? 1 : 0;
        }
        TestContext.Out.WriteLine($"{Kills} kills, {torn} of them within the writing of a checkpoint");
        var last = product.Run("train", "--resume", "cut");

        Assert.That(last.ExitCode, Is.Zero, last.ToString());
        Assert.That(Outcome(Cut(product)!), Is.EqualTo(expected));
        Assert.That(Directory.GetFileSystemEntries(Cut(product)!, "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }

    private static string? Cut(Product product) => Directory.GetDirectories(product.Runs).SingleOrDefault(IsCut);

    private static string Events(string run) => Path.Combine(run, "events.jsonl");

    private static bool IsFinished(string run) => Lines(Events(run))[^1].Contains("\"finished\"", StringComparison.Ordinal);

    private static bool IsWriting(string run) => Directory.GetFileSystemEntries(run, "*.tmp").Length > 0
        || (Directory.Exists(Path.Combine(run, "checkpoints")) && Directory.GetFileSystemEntries(Path.Combine(run, "checkpoints"), "*.tmp").Length > 0);

    private static void WaitUntil(Func<bool> reached)
    {
        while (!reached())
            Thread.Yield();
    }

    // Generator, and everything that the training has come to: moments, averages, states.
    private static string Outcome(string run) => Hash(run) + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Directory.GetDirectories(Path.Combine(run, "checkpoints")).Max()!, "state.safetensors"))));

    private static bool IsCut(string path) => path.Contains("-cut-", StringComparison.Ordinal);

    internal static string WaitForRun(Product product, string name, Product.Running running, Func<string[], bool> reached)
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

    internal static string[] Lines(string path)
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
