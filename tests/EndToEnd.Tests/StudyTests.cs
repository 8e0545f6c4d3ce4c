using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>The studies run, and go on where they were.</summary>
public class StudyTests
{
    [Test]
    public void A_study_compares_precisions_by_seed_and_does_not_repeat_finished_runs()
    {
        using var product = new Product();

        var first = Tool.Repro("--quick", "--seeds", "1", "--threads", "1", "--runs", product.Runs);
        var runs = Directory.GetDirectories(product.Runs);
        var second = Tool.Repro("--quick", "--seeds", "1", "--threads", "1", "--runs", product.Runs);

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(first.Output, Does.Contain("fid[lenet-fashion], fp32").And.Contain("fid[lenet-fashion], bf16 less fp32"));
        Assert.That(runs, Has.Length.EqualTo(2));
        Assert.That(second.Output, Is.EqualTo(first.Output));
        Assert.That(Directory.GetDirectories(product.Runs), Is.EqualTo(runs));
        Assert.That(File.ReadAllText(Path.Combine(runs.Single(run => run.Contains("-bf16-seed1", StringComparison.Ordinal)), "recipe.json")), Does.Contain("\"precision\": \"bf16\""));
    }

    [Test]
    public void The_study_of_watermarks_finds_what_it_marked_and_nothing_else()
    {
        using var product = new Product();

        var outcome = Tool.Repro("watermark", "--quick", "--threads", "1", "--runs", product.Runs);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("Generated").And.Contain("in three colours").And.Contain("wrong keys"));
        Assert.That(outcome.Output, Does.Not.Contain("not met"));
    }
}
