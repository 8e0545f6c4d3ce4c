using System.Text.Json.Nodes;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Datasets that are made of other datasets, through the whole product.</summary>
public class DerivedDataTests
{
    private const string Stacks = """
        {
          "name": "stacks",
          "dataset": { "name": "stacked", "count": 300, "of": "fashion-mnist-10k" },
          "architecture": { "name": "dcgan", "width": 8 },
          "loss": "hinge",
          "training": { "iterations": 3, "batch": 16, "snapshotEvery": 0, "checkpointEvery": 0 }
        }
        """;

    [Test]
    public void A_model_trains_on_stacks_of_a_dataset_that_the_recipe_names_within_and_changes_by_set()
    {
        using var product = new Product();
        product.File("recipe.json", Stacks);

        var outcome = product.Run("train", "recipe.json", "--set", "dataset.of.subset=50", "--set", "dataset.labels=false");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("image 28×28 (3 channels), 300 samples"));
        var recipe = JsonNode.Parse(File.ReadAllText(Path.Combine(product.OnlyRun(), "recipe.json")))!;
        Assert.That(recipe["dataset"]!["of"]!.ToJsonString(), Does.Contain("\"split\":\"train\"").And.Contain("\"subset\":50"));
        Assert.That(recipe["evaluation"]!["dataset"]!["of"]!["split"]!.GetValue<string>(), Is.EqualTo("test"), "the other split is that of the dataset within");
    }

    [Test]
    public void A_dataset_within_that_cannot_be_opened_is_named_with_the_one_around_it()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Stacks.Replace("\"fashion-mnist-10k\"", "\"points\"", StringComparison.Ordinal));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("dataset 'stacked': it is made of images, but 'points' yields vector 2"));
    }

    [Test]
    public void Training_on_the_test_split_of_a_dataset_within_is_compared_with_its_training_split()
    {
        using var product = new Product();
        product.File("recipe.json", Stacks);

        var outcome = product.Run("train", "recipe.json", "--set", "dataset.of.split=test");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var recipe = JsonNode.Parse(File.ReadAllText(Path.Combine(product.OnlyRun(), "recipe.json")))!;
        Assert.That(recipe["dataset"]!["of"]!["split"]!.GetValue<string>(), Is.EqualTo("test"));
        Assert.That(recipe["evaluation"]!["dataset"]!["of"]!["split"]!.GetValue<string>(), Is.EqualTo("train"));
    }

    [TestCase("paired")]
    [TestCase("unpaired")]
    public void Translations_are_refused_by_networks_that_take_no_image_as_condition(string name)
    {
        using var product = new Product();
        product.File("recipe.json", Stacks.Replace("\"stacked\", \"count\": 300", $"\"{name}\"", StringComparison.Ordinal));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain($"architecture 'dcgan' takes no condition or classes, but dataset '{name}' yields a sample as condition"));
    }

    [Test]
    public void A_mixture_is_trained_on_and_its_modes_are_counted()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", """
            {
              "name": "ring",
              "dataset": { "name": "mixture-ring", "modes": 3, "count": 500 },
              "architecture": "tiny",
              "loss": "hinge",
              "training": { "iterations": 2, "batch": 16, "snapshotEvery": 0, "checkpointEvery": 0 },
              "evaluators": [ { "name": "mode-coverage", "modes": 3, "deviation": 5 } ],
              "evaluation": { "samples": 200 }
            }
            """);

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var scores = JsonNode.Parse(File.ReadLines(Path.Combine(product.OnlyRun(), "events.jsonl")).Last(line => line.Contains("\"scores\"", StringComparison.Ordinal)))!["values"]!;
        Assert.That(scores["high-quality"]!.GetValue<double>(), Is.EqualTo(1), "deviations that reach everywhere");
        Assert.That(scores["modes"]!.GetValue<double>(), Is.InRange(1, 3));
    }
}
