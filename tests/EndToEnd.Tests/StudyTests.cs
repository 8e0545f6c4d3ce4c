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

    [Test]
    public void The_table_of_a_paper_is_filled_in_and_continued_where_it_was()
    {
        using var product = new Product();
        var results = Path.Combine(product.Folder, "pacgan.json");
        string[] arguments = ["pacgan", "--quick", "--only", "ring", "--threads", "1", "--out", results];

        var first = Tool.Repro([.. arguments, "--seeds", "1", "--runs", product.Runs]);
        var written = File.ReadAllText(results);
        // Elsewhere: without the runs, but with what they led to.
        var elsewhere = Tool.Repro([.. arguments, "--seeds", "2", "--jobs", "2", "--runs", Path.Combine(product.Folder, "elsewhere")]);
        var longer = Tool.Repro([.. arguments, "--seeds", "1", "--set", "training.iterations=4", "--runs", product.Runs]);

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.ToString());
            Assert.That(first.Output, Does.Contain("Ring of 8 modes, GAN, seed 1").And.Contain("| 6.3 ± 0.5 |").And.Not.Contain("Grid"));
            Assert.That(written, Does.Contain("\"standardError\": 0.5").And.Contain("training.iterations=3"));
            Assert.That(elsewhere.ExitCode, Is.Zero, elsewhere.ToString());
            Assert.That(elsewhere.Output, Does.Not.Contain("seed 1:").And.Contain("seed 2:").And.Contain("n = 2"));
            Assert.That(longer.Output, Does.Contain("GAN, 4 iterations: modes").And.Contain("seed 1:").And.Not.Contain("n = 2"), "other settings are other runs");
        });
    }

    [Test]
    public void A_variant_that_a_study_does_not_have_is_refused_with_those_that_it_has()
    {
        var outcome = Tool.Repro("pacgan", "--quick", "--only", "hexagon");

        Assert.That(outcome.ExitCode, Is.Not.Zero);
        Assert.That(outcome.ToString(), Does.Contain("'hexagon'").And.Contain("Grid of 25 modes, PacGAN2"));
    }
}
