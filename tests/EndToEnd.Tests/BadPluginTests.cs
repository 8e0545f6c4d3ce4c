using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Plugins that break, and how the host survives them.</summary>
public class BadPluginTests
{
    [Test]
    public void A_file_that_is_no_assembly_is_reported_while_the_others_work()
    {
        using var product = new Product().With("Games");
        product.File("extra-plugins/Broken/Broken.dll", "this is not an assembly");

        var list = product.Run("plugins", "list");
        product.File("recipe.json", Recipe.Tiny);
        var train = product.Run("train", "recipe.json");

        Assert.That(list.ExitCode, Is.Zero, list.ToString());
        Assert.That(list.Output, Does.Match("Broken.*failed").And.Contain("not a .NET assembly"));
        Assert.That(train.ExitCode, Is.Zero, train.ToString());
    }

    [Test]
    public void A_plugin_that_throws_while_registering_is_reported_while_the_others_work()
    {
        using var product = new Product().With("Games").With("Throws");

        var list = product.Run("plugins", "list");
        product.File("recipe.json", Recipe.Tiny);
        var train = product.Run("train", "recipe.json");

        Assert.That(list.Output, Does.Match("Throws.*failed").And.Contain("closed on Sundays"));
        Assert.That(train.ExitCode, Is.Zero, train.ToString());
    }

    [Test]
    public void A_folder_without_its_assembly_is_reported()
    {
        using var product = new Product();
        product.File("extra-plugins/Empty/readme.txt", "nothing here");

        var list = product.Run("plugins", "list");

        Assert.That(list.Output, Does.Match("Empty.*failed").And.Contain("Empty.dll"));
    }

    [Test]
    public void A_plugin_that_throws_while_building_is_named()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("{ \"name\": \"tiny\" }", "{ \"name\": \"throws-while-building\" }"));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("PluginGan.TestPlugins.Games").And.Contain("on another planet"));
        Assert.That(Directory.Exists(product.Runs), Is.False);
    }

    [Test]
    public void A_plugin_that_throws_in_the_loop_is_named_and_the_checkpoint_before_stays()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("\"non-saturating\"", "\"throws-in-the-loop\", \"at\": 15"));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("PluginGan.TestPlugins.Games").And.Contain("iteration 15").And.Contain("lost itself"));
        Assert.That(Directory.Exists(Path.Combine(product.OnlyRun(), "checkpoints", "0000010")));
        Assert.That(product.Run("runs", "list").Output, Does.Contain("failed"));
    }

    [Test]
    public void A_run_that_is_not_finite_ends_with_its_own_exit_code()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("\"non-saturating\"", "\"diverges\""));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("nonFinite").And.Contain("d/").And.Contain("no checkpoint yet"));
    }

    [Test]
    public void Data_that_cannot_be_read_within_a_run_is_named()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("\"name\": \"points\"", "\"name\": \"points\", \"streamed\": true, \"unreadable\": 7").With("\"evaluators\": [ \"mean-gap\" ]", "\"evaluators\": []"));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("point 7 cannot be read"));
        Assert.That(Directory.GetDirectories(product.Runs), Is.Empty, "what never trained leaves no folder");
    }

    [Test]
    public void Networks_that_share_a_parameter_are_refused()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("{ \"name\": \"tiny\" }", "{ \"name\": \"tiny\", \"sharedParameter\": true }"));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("share the parameter"));
    }

    [Test]
    public void A_run_directory_that_cannot_be_written_is_named()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        product.File("occupied", "a file where the folder of the runs should be");

        var outcome = product.Run("train", "recipe.json", "--runs", "occupied");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("occupied").And.Contain("--runs"));
    }
}
