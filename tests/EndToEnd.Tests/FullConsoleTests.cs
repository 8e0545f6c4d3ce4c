using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Standard output and standard error that take nothing, as a log file on a full disk.</summary>
[Platform("Linux")]
public class FullConsoleTests
{
    [Test]
    public void A_full_disk_under_both_streams_costs_the_output_and_not_the_run()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        using var running = product.StartPrepared("exec > /dev/full 2> /dev/full", "train", "recipe.json");
        var trained = running.Wait();
        using var listing = product.StartPrepared("exec > /dev/full", "runs", "list", "--json");
        var unanswered = listing.Wait();

        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        Assert.That(ResumeTests.Lines(Path.Combine(product.OnlyRun(), "events.jsonl"))[^1], Does.Contain("\"finished\""));
        Assert.That(unanswered.ExitCode, Is.EqualTo(1), unanswered.ToString());
        Assert.That(unanswered.Errors, Does.Contain("the answer could not be written to standard output"));
    }
}
