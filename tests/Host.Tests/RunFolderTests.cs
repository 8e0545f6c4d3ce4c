using NUnit.Framework;
using PluginGan.Training;

namespace PluginGan.Host.Tests;

/// <summary>How a run is found by its name, and which runs leave no folder.</summary>
[NonParallelizable]
public class RunFolderTests
{
    private static readonly string[] Folders =
    [
        "20261101-120000-grid-0a1b", "20261102-120000-grid-gan-0a1b", "20261103-120000-my-grid-ffff",
        "20261104-120000-twice-0000", "20261105-120000-twice-1111",
    ];

    [TestCase("grid", "20261101-120000-grid-0a1b", TestName = "The name that a recipe gave wins over a part of another")]
    [TestCase("20261102-120000-grid-gan-0a1b", "20261102-120000-grid-gan-0a1b", TestName = "The whole name of a folder names it")]
    [TestCase("GRID-G", "20261102-120000-grid-gan-0a1b", TestName = "A part that one run has names it")]
    [TestCase("my-grid", "20261103-120000-my-grid-ffff", TestName = "A name with a hyphen is one")]
    public void A_run_is_found(string asked, string expected)
    {
        using var product = new InProcess();
        Make();

        Assert.That(RunDirectory.Open("runs", asked).Name, Is.EqualTo(expected));
    }

    [TestCase("twice", "could be any of 20261104-120000-twice-0000, 20261105-120000-twice-1111")]
    [TestCase("gri", "could be any of 20261101-120000-grid-0a1b, 20261102-120000-grid-gan-0a1b, 20261103-120000-my-grid-ffff")]
    public void A_name_that_several_have_is_refused(string asked, string expected)
    {
        using var product = new InProcess();
        Make();

        Assert.That(() => RunDirectory.Open("runs", asked), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains(expected));
    }

    [Test]
    public void A_component_that_refuses_its_task_when_it_sees_it_leaves_no_folder()
    {
        using var product = new InProcess();
        product.File("recipe.json", """
            {
              "dataset": { "name": "fashion-mnist-10k", "subset": 32 },
              "architecture": { "name": "resnet", "width": 8, "attentionAt": 5 },
              "loss": "non-saturating",
              "training": { "iterations": 2, "batch": 4 }
            }
            """);

        string[] common = ["recipe.json", "--plugins", PluginFolders.BuiltIn, "--device", "cpu", "--threads", "1"];
        foreach (var answer in new[] { product.Run(["train", .. common]), product.Run(["train", "--dry-run", .. common]) })
        {
            Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage), answer.ToString());
            Assert.That(answer.Errors, Does.Contain("the option 'attentionAt' of resnet is 5").And.Not.Contain("ResNetModel"));
        }
        Assert.That(Directory.Exists("runs") ? Directory.GetFileSystemEntries("runs") : [], Is.Empty);
    }

    [Test]
    public void A_run_without_its_recipe_is_listed_with_what_is_missing()
    {
        using var product = new InProcess();
        Make();
        var folder = Path.Combine("runs", Folders[0]);
        File.Move(Path.Combine(folder, "recipe.json"), Path.Combine(folder, "elsewhere.json"));
        File.WriteAllText(Path.Combine(folder, "events.jsonl"), "");

        var list = product.Run("runs", "list");
        var json = product.Run("runs", "list", "--json");

        Assert.That(list.Output + list.Errors, Does.Contain($"{Folders[0]} lacks recipe.json and manifest.json: put back a copy"));
        Assert.That(json.Output, Does.Contain("\"missing\": [\n      \"recipe.json\""));
        Assert.That(product.Run("runs", "show", Folders[0]).Errors, Does.StartWith($"error: the run '{Folders[0]}' lacks recipe.json"));
    }

    [TestCase("../elsewhere")]
    [TestCase("with space")]
    public void A_dry_run_refuses_the_name_that_the_run_would_refuse(string name)
    {
        using var product = new InProcess();
        product.File("recipe.json", "{}");

        var answer = product.Run("train", "recipe.json", "--dry-run", "--name", name);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage));
        Assert.That(answer.Errors, Does.Contain($"name: '{name}' cannot name a run's folder"));
    }

    private static void Make()
    {
        foreach (var folder in Folders)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine("runs", folder)).FullName, "recipe.json"), "{}");
    }
}
