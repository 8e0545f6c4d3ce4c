using NUnit.Framework;

namespace PluginGan.Host.Tests;

/// <summary>Commands and options that do not exist.</summary>
[NonParallelizable]
public class MisspellingTests
{
    [TestCase("there is no command 'trian'; did you mean 'train'?", "trian", "recipe.json", "--seed", "1")]
    [TestCase("there is no command 'lst'; did you mean 'list'?", "runs", "lst")]
    [TestCase("there is no option '--forse'; did you mean '--force'?", "train", "recipe.json", "--forse")]
    [TestCase("there is no option '--seeed'; did you mean '--seed'?", "train", "recipe.json", "--seeed=3")]
    [TestCase("there is no option '--resme'; did you mean '--resume'?", "train", "--resme", "run")]
    [TestCase("there is no option '--plugin'; did you mean '--plugins'?", "runs", "list", "--plugin", "x")]
    public void The_nearest_is_suggested_and_nothing_else_said(string expected, params string[] arguments)
    {
        using var product = new InProcess();

        var answer = product.Run(arguments);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage));
        Assert.That(answer.Errors.Split('\n')[0], Is.EqualTo($"error: {expected}"), answer.ToString());
        Assert.That(answer.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2), answer.ToString());
    }

    [Test]
    public void Where_nothing_is_near_what_there_is_is_listed_and_an_argument_may_look_like_an_option_behind_dashes()
    {
        using var product = new InProcess();

        Assert.That(product.Run("fabricate").Errors, Does.StartWith("error: there is no command 'fabricate'; there are train, sample, evaluate"));
        Assert.That(product.Run("runs", "show", "--", "--forse").Errors, Does.Contain("there is no run '--forse'"));
    }

    [Test]
    public void The_help_names_no_default_that_could_not_be_given()
    {
        using var product = new InProcess();

        var help = product.Run("train", "--help").Output;

        Assert.That(help, Does.Contain("by default one for each core").And.Not.Contain("[default: 0]"));
        Assert.That(help, Does.Contain("regularizers[0].weight=5"));
    }
}
