using System.Text.Json.Nodes;
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
        var kept = File.ReadAllText(results);
        string[] longer = [.. arguments, "--seeds", "1", "--set", "training.iterations=4", "--runs", product.Runs];
        var refused = Tool.Repro(longer);
        var left = File.ReadAllText(results);
        var again = Tool.Repro([.. longer, "--again"]);

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.ToString());
            Assert.That(first.Output, Does.Contain("Ring of 8 modes, GAN, seed 1").And.Contain("(published 6.3 ± 0.5)").And.Not.Contain("Grid"));
            Assert.That(written, Does.Contain("\"standardError\": 0.5").And.Contain("training.iterations=3"));
            Assert.That(elsewhere.ExitCode, Is.Zero, elsewhere.ToString());
            Assert.That(elsewhere.Output, Does.Not.Contain("seed 1:").And.Contain("seed 2:").And.Contain("| GAN | 2 | 3 |"));
            Assert.That(kept, Does.Contain("--seeds 1 --only 'ring' --threads 1\"").And.Contain("--seeds 2 --only 'ring' --jobs 2 --threads 1\""), "each run says which command it was");
            Assert.That(refused.ExitCode, Is.EqualTo(1));
            Assert.That(refused.ToString(), Does.Contain("Ring of 8 modes, GAN").And.Contain("--again"), "what other settings led to is not lost unasked");
            Assert.That(left, Is.EqualTo(kept));
            Assert.That(again.Output, Does.Contain("| GAN | 1 | 4 |").And.Contain("seed 1:"));
        });
    }

    [Test]
    public void A_run_whose_last_evaluation_was_cut_short_is_evaluated_again()
    {
        using var product = new Product();
        string[] arguments = ["pacgan", "--quick", "--only", "Ring of 8 modes, GAN", "--seeds", "1", "--threads", "1", "--runs", product.Runs];
        var first = Tool.Repro(arguments);
        var events = Path.Combine(Directory.GetDirectories(product.Runs).Single(), "events.jsonl");
        File.WriteAllLines(events, File.ReadAllLines(events).Where(line => !line.Contains("\"scores\"", StringComparison.Ordinal)).ToList());

        var second = Tool.Repro(arguments);

        Assert.That(second.ExitCode, Is.Zero, second.ToString());
        Assert.That(File.ReadAllText(events), Does.Contain("\"scores\""));
        Assert.That(Line(second), Is.EqualTo(Line(first)).And.Contain("modes"));

        static string Line(Outcome outcome) => outcome.Output.Split('\n').First(line => line.Contains("seed 1:", StringComparison.Ordinal));
    }

    [Test]
    public void A_study_at_equal_time_refuses_a_number_of_iterations()
    {
        var outcome = Tool.Repro("fashion", "--quick", "--set", "training.iterations=5");

        Assert.That(outcome.ExitCode, Is.Not.Zero);
        Assert.That(outcome.ToString(), Does.Contain("training.iterations=5").And.Contain("minutes"));
    }

    [Test]
    public void Variants_that_are_compared_for_the_same_time_have_as_many_iterations_as_their_pace_allows()
    {
        using var product = new Product();
        var results = Path.Combine(product.Folder, "fashion.json");

        var outcome = Tool.Repro("fashion", "--quick", "--only", "DCGAN", "--set", "training.logEvery=1", "--seeds", "2", "--threads", "1", "--runs", product.Runs, "--out", results);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var names = Directory.GetDirectories(product.Runs).Select(Path.GetFileName).ToList();
        var written = JsonNode.Parse(File.ReadAllText(results))!;
        var runs = written["runs"]!.AsArray();
        // The host says of each of ten measured iterations when it was done: as many as fit into the 0.01 minutes of a quick study.
        var pace = File.ReadLines(Path.Combine(Directory.GetDirectories(product.Runs).Single(run => run.Contains("-pace-", StringComparison.Ordinal)), "events.jsonl"))
            .Select(line => JsonNode.Parse(line)!).Where(happened => happened["kind"]!.GetValue<string>() == "scalars").ToList();
        var seconds = pace[1..].Zip(pace, (later, before) => (later["time"]!.GetValue<DateTimeOffset>() - before["time"]!.GetValue<DateTimeOffset>()).TotalSeconds / 10).Average();
        Assert.Multiple(() =>
        {
            Assert.That(names, Has.Exactly(1).Contain("-pace-").And.Exactly(2).Contain("-seed"), "both seeds are as long as one measurement says");
            Assert.That(runs.Select(run => run!["iterations"]!.GetValue<int>()), Is.All.EqualTo((int)(0.6 / seconds)).Within(1));
            Assert.That(runs.Select(run => run!["trainingMinutes"]!.GetValue<double>()), Is.All.Positive);
            Assert.That(outcome.Output, Does.Contain("Fréchet distance").And.Not.Contain("recall"));
            Assert.That(runs[0]!["sheet"]!.GetValue<string>(), Is.EqualTo("fashion/dcgan.png"));
            Assert.That(runs[1]!["sheet"], Is.Null);
            Assert.That(new FileInfo(Path.Combine(product.Folder, "fashion", "dcgan.png")).Length, Is.Positive);
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
