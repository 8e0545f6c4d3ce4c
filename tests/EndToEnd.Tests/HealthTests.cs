using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>What a user sees of a run that is not well.</summary>
public class HealthTests
{
    // A discriminator that cannot learn stands still.
    private static readonly string Stalled = Recipe.Tiny
        .With("\"iterations\": 40", "\"iterations\": 200, \"optimizers\": { \"discriminator\": { \"rate\": 0 } }, \"health\": { \"stall\": \"POLICY\" }");

    [Test]
    public void A_warning_is_shown_with_its_numbers_and_its_remedy_and_kept_in_the_history()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Stalled.With("POLICY", "warn"));

        var outcome = product.Run("train", "recipe.json");
        var show = JsonDocument.Parse(product.Run("runs", "show", "tiny", "--json").Output).RootElement;

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("stall").And.Contain("gradient norm is").And.Contain("training.optimizers.discriminator.rate"));
        var found = show.GetProperty("diagnoses").EnumerateArray().Single();
        Assert.That(found.GetProperty("iteration").GetInt64(), Is.EqualTo(100));
        Assert.That(found.GetProperty("diagnosis").GetProperty("rule").GetString(), Is.EqualTo("stall"));
        Assert.That(product.Run("runs", "show", "tiny").Output, Does.Match("iteration 100: stall"));
    }

    [Test]
    public void A_stop_keeps_the_last_good_checkpoint_and_says_how_to_go_on()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Stalled.With("POLICY", "stop"));

        var outcome = product.Run("train", "recipe.json", "--json");
        var run = product.OnlyRun();

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("stopped at iteration 100 by stall").And.Contain($"plugingan train --resume runs/{Path.GetFileName(run)} --set training.health.stall=rollBack"));
        Assert.That(Directory.GetDirectories(Path.Combine(run, "checkpoints")).Select(Path.GetFileName).Order().Last(), Is.EqualTo("0000090"));
        Assert.That(JsonDocument.Parse(outcome.Output).RootElement.GetProperty("status").GetString(), Is.EqualTo("failed"));
    }

    [Test]
    public void A_stopped_run_goes_on_with_the_remedy_where_it_is_told_to()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Stalled.With("POLICY", "stop"));
        product.Run("train", "recipe.json");

        var outcome = product.Run("train", "--resume", "tiny", "--set", "training.health.stall=rollBack");

        // Ten times nothing is nothing: it comes again, and the run ends instead of going back a second time.
        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("went back from iteration 100 to the checkpoint of iteration 90").And.Contain("discriminator × 10").And.Contain("rolled back for it before"));
    }
}
