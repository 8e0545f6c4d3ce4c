using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>What a user sees who got something wrong in a recipe: one message, exit code 2, and no run directory.</summary>
public class BadRecipeTests
{
    [TestCase("\"name\": \"points\"", "\"name\": \"pionts\"", "did you mean 'points'?", TestName = "An unknown component is named with the nearest that exists")]
    [TestCase("\"batch\": 16", "\"batch\": \"many\"", "training.batch", TestName = "A value of the wrong type is named by its path")]
    [TestCase("\"name\": \"points\"", "\"name\": \"points\", \"count\": \"all\"", "dataset.count", TestName = "An option of the wrong type is named by its path")]
    [TestCase("\"name\": \"points\"", "\"name\": \"points\", \"cuont\": 3", "did you mean 'count'?", TestName = "An unknown option is named with the nearest that exists")]
    [TestCase("\"batch\": 16", "\"batch\": 0", "at least 1", TestName = "A value out of range is named with the range")]
    [TestCase("\"name\": \"points\"", "\"name\": \"points\", \"count\": 0", "dataset.count", TestName = "An option out of range is named by its path")]
    [TestCase("\"name\": \"tiny\"\n", "\"name\": \"dcgan\"\n", "dcgan", TestName = "An architecture that does not take the samples is named")]
    [TestCase("\"name\": \"non-saturating\"", "\"name\": \"needs-classes\"", "needs-classes", TestName = "A conditional loss on unlabelled data is named")]
    [TestCase("\"name\": \"non-saturating\" }", "\"name\": \"wasserstein\" }, \"augmentations\": [ { \"name\": \"jitter\", \"strength\": 0.1 } ]", "the logits of the loss 'wasserstein' do not say that", TestName = "An augmentation that adapts to a verdict that there is not is named")]
    [TestCase("\"batch\": 16", "\"batch\": 4096", "512", TestName = "A batch larger than the data names the largest that works")]
    [TestCase("\"batch\": 16", "\"batch\": 16, \"keepBest\": \"beauty\"", "mean-gap", TestName = "A metric to keep the best by that nobody measures names those that there are")]
    public void Refuses(string old, string replacement, string expected)
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.Replace("{ \"name\": \"tiny\" }", "{ \"name\": \"tiny\"\n }", StringComparison.Ordinal).With(old, replacement));

        var outcome = product.Run("train", "recipe.json");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
            Assert.That(outcome.Errors, Does.Contain(expected));
            Assert.That(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), outcome.Errors);
            Assert.That(Directory.Exists(product.Runs), Is.False);
        });
    }

    [Test]
    public void Malformed_JSON_is_named_by_line_and_column()
    {
        using var product = new Product();
        product.File("recipe.json", "{\n  \"name\": \"x\",\n  \"dataset\": { \"name\" \"points\" }\n}");

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("recipe.json:3:23"));
    }

    [Test]
    public void Three_errors_are_reported_at_once()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("\"points\"", "\"pionts\"").With("\"batch\": 16", "\"batch\": 0").With("\"non-saturating\"", "\"non-satirating\""));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3), outcome.Errors);
    }

    [Test]
    public void A_missing_recipe_is_named()
    {
        using var product = new Product();

        var outcome = product.Run("train", "nowhere.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("nowhere.json"));
    }

    [Test]
    public void An_unknown_command_line_option_is_bad_usage()
    {
        using var product = new Product();

        var outcome = product.Run("train", "recipe.json", "--iterations", "5");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
    }

    [Test]
    public void A_run_that_does_not_exist_is_named()
    {
        using var product = new Product();

        var outcome = product.Run("sample", "nothing-like-it");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("nothing-like-it"));
    }
}
