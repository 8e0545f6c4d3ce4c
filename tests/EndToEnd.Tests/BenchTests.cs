using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>The benchmarks run and add up; how fast anything is here does not matter.</summary>
[NonParallelizable]
public class BenchTests
{
    private DirectoryInfo folder = null!;
    private Outcome smoke = null!;
    private List<Measured> measured = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        folder = Directory.CreateTempSubdirectory("plugingan-test-");
        var file = Path.Combine(folder.FullName, "smoke.json");
        smoke = Tool.Bench("--smoke", "--threads", "1", "--out", file);
        Assert.That(smoke.ExitCode, Is.Zero, smoke.ToString());
        using var results = JsonDocument.Parse(File.ReadAllText(file));
        measured = [.. results.RootElement.GetProperty("measurements").EnumerateArray().Select(Measured.Of)];
    }

    [OneTimeTearDown]
    public void Delete() => folder.Delete(recursive: true);

    [TestCase("DCGAN")]
    [TestCase("Parts of an iteration")]
    [TestCase("Checkpoint,")]
    [TestCase("Checkpoints at every")]
    [TestCase("Share of the convolution peak")]
    [TestCase("Layers")]
    [TestCase("Host overhead")]
    [TestCase("Memory over")]
    [TestCase("Metrics of")]
    [TestCase("Folder of")]
    public void The_smoke_run_measures(string group)
    {
        var values = measured.Where(one => one.Group.StartsWith(group, StringComparison.Ordinal)).SelectMany(one => one.Values).ToList();

        Assert.That(values, Is.Not.Empty);
        Assert.That(values, Has.All.Matches<double>(double.IsFinite));
        Assert.That(smoke.Output, Does.Contain($"| {group}"));
    }

    [Test]
    public void The_trainer_and_the_plain_loop_are_compared_in_both_precisions_and_formats()
    {
        var rates = measured.Where(one => one is { Group: "DCGAN, width 4, batch 8", Unit: "img/s" }).ToList();

        Assert.That(rates.Select(rate => rate.Name), Is.SupersetOf(new[]
        {
            "plain TorchSharp loop, fp32", "trainer, fp32, channels-last", "trainer, fp32, contiguous", "trainer, bf16, channels-last", "trainer, bf16, contiguous",
        }));
        Assert.That(rates.SelectMany(rate => rate.Values), Has.All.Positive);
    }

    [TestCase("fp32")]
    [TestCase("bf16")]
    public void The_parts_of_an_iteration_add_up_to_it(string precision)
    {
        var group = measured.Where(one => one.Group.StartsWith("Parts of an iteration", StringComparison.Ordinal) && one.Group.EndsWith(precision, StringComparison.Ordinal)).ToList();
        var parts = group.Where(one => one.Name != "iteration").ToList();

        Assert.That(parts, Has.Count.GreaterThanOrEqualTo(8));
        Assert.That(parts.Sum(part => part.Values[0]), Is.EqualTo(group.Single(one => one.Name == "iteration").Values[0]).Within(0.1).Percent);
    }

    [Test]
    public void The_arithmetic_of_an_iteration_is_that_of_its_layers()
    {
        // Width 4. A layer has 2 · output positions · outputs · inputs · kernel operations forward (transposed: input positions), and as many for
        // each of the two gradients; the first layer's input has none in its own network's update.
        const double Project = 2 * 100 * 16 * 49, Up = 2.0 * 49 * 16 * 8 * 16, Image = 2 * 196 * 8 * 16;
        const double Down1 = 2 * 196 * 8 * 16, Down2 = 2.0 * 49 * 16 * 8 * 16, Down3 = 2 * 9 * 32 * 16 * 16, Verdict = 2 * 288;
        const double G = Project + Up + Image, D = Down1 + Down2 + Down3 + Verdict;
        const double Update = G + (2 * (D + (2 * D) - Down1)) + (D + D + (2 * G) - Project);

        var ours = measured.First(one => one.Name == "arithmetic of an iteration, for each image").Values[0];
        var plain = measured.First(one => one.Name.Contains("plain loop, which freezes nothing", StringComparison.Ordinal)).Values[0];

        Assert.That(ours, Is.EqualTo(Update / 1e9).Within(0.01).Percent);
        Assert.That(plain, Is.EqualTo((Update + D) / 1e9).Within(0.01).Percent);
    }

    [Test]
    public void An_unknown_measure_is_refused_with_those_that_there_are()
    {
        var outcome = Tool.Bench("--only", "speed");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("'speed'").And.Contain("overhead"));
    }

    private sealed record Measured(string Group, string Name, string Unit, double[] Values)
    {
        public static Measured Of(JsonElement json) => new(
            json.GetProperty("group").GetString()!, json.GetProperty("name").GetString()!, json.GetProperty("unit").GetString()!,
            [.. json.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]);
    }
}
