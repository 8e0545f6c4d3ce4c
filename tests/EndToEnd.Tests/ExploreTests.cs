using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>What <c>explore</c> writes of a trained run, and what it says where it cannot.</summary>
public class ExploreTests
{
    private const string Images = """
        {
          "name": "images",
          "dataset": { "name": "fashion-mnist-10k", "subset": 200 },
          "architecture": { "name": "dcgan", "width": 8, "latent": 10, "conditional": true },
          "loss": "hinge",
          "training": { "iterations": 6, "batch": 16, "snapshotEvery": 0, "ema": { "halfLifeKimg": 0.05 } },
          "evaluators": [ "fid" ],
          "evaluation": { "samples": 50 }
        }
        """;

    [Test]
    public void Images_of_a_conditional_model_are_explored_in_every_way_and_alike_for_one_seed()
    {
        using var product = Trained(Images);

        var outcome = product.Run("explore", "images", "--count", "2", "--steps", "3", "--json");
        var again = product.Run("explore", "images", "--count", "2", "--steps", "3", "--out", "again");
        var other = product.Run("explore", "images", "--count", "2", "--steps", "3", "--seed", "1", "--only", "classes", "--out", "other");

        string[] expected = ["traversal.png", "directions.png", "interpolation.png", "interpolation-animated.png", "classes.png", "saliency.png", "neighbours.png"];
        var folder = Path.Combine(product.OnlyRun(), "explore");
        var list = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "explore.json")));
        string Text(string file) => list.GetProperty("pictures").EnumerateArray().Single(picture => picture.GetProperty("file").GetString() == file).GetProperty("text").GetString()!;
        byte[] Read(string path, string file) => File.ReadAllBytes(Path.Combine(product.Folder, path, file));
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
            Assert.That(again.ExitCode, Is.Zero, again.ToString());
            Assert.That(other.ExitCode, Is.Zero, other.ToString());
            Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(expected.Append("explore.json")));
            Assert.That(list.GetProperty("pictures").EnumerateArray().Select(picture => picture.GetProperty("file").GetString()), Is.EqualTo(expected));
            Assert.That(list.GetProperty("iteration").GetInt64(), Is.EqualTo(6));
            Assert.That(list.GetProperty("skipped").GetArrayLength(), Is.Zero);
            Assert.That(JsonElement.Parse(outcome.Output).GetProperty("pictures").GetArrayLength(), Is.EqualTo(expected.Length));
            Assert.That(Text("directions.png"), Does.Contain("'generator.layers.project'"));
            Assert.That(Text("saliency.png"), Does.Contain("discriminator of iteration 6"));
            Assert.That(Text("neighbours.png"), Does.Contain("lenet-fashion").And.Contain("training samples").And.Contain("T-shirt/top"));
            Assert.That(Text("classes.png"), Does.Contain("Trouser"));
            foreach (var file in expected)
                Assert.That(Read("again", file), Is.EqualTo(Read(folder, file)), file);
            Assert.That(Read("other", "classes.png"), Is.Not.EqualTo(Read(folder, "classes.png")));
            Assert.That(again.Output, Does.Contain("7 files in again").And.Contain("neighbours: neighbours.png"));
        });
    }

    [Test]
    public void Vectors_are_explored_as_numbers()
    {
        using var product = Trained(Recipe.Tiny, "Games");

        var outcome = product.Run("explore", "tiny", "--count", "2");

        var folder = Path.Combine(product.OnlyRun(), "explore");
        var list = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "explore.json")));
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "traversal.csv", "directions.csv", "interpolation.csv", "saliency.txt", "neighbours.txt", "explore.json" }));
        Assert.That((list.GetProperty("pictures").GetArrayLength(), list.GetProperty("files").GetArrayLength()), Is.EqualTo((0, 5)));
        Assert.That(outcome.Output, Does.Contain("classes: not possible: this model takes no class"));
        // Four coordinates, two latents, seven places.
        Assert.That(File.ReadAllLines(Path.Combine(folder, "traversal.csv")).Count(line => line.Length > 0), Is.EqualTo(4 * 2 * 7));
    }

    [Test]
    public void What_is_missing_is_said_and_the_rest_is_shown()
    {
        using var product = Trained(Recipe.Tiny, "Games");
        Directory.Delete(Path.Combine(product.OnlyRun(), "checkpoints"), recursive: true);
        var recipe = Path.Combine(product.OnlyRun(), "recipe.json");
        File.WriteAllText(recipe, File.ReadAllText(recipe).With("\"unreadable\": -1", "\"unreadable\": 3"));

        var outcome = product.Run("explore", "tiny");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("saliency: not possible: the run has no checkpoint").And.Contain("neighbours: not possible: points: point 3 cannot be read").And.Contain("traversal: traversal.csv"));
    }

    [Test]
    public void Training_data_that_is_no_longer_what_it_was_is_not_taken_for_it()
    {
        using var product = Trained(Recipe.Tiny, "Games");
        var path = Path.Combine(product.OnlyRun(), "recipe.json");
        var recipe = JsonNode.Parse(File.ReadAllText(path))!;
        recipe["dataset"] = new JsonObject { ["name"] = "endless", ["size"] = 3 };
        File.WriteAllText(path, recipe.ToJsonString());

        var outcome = product.Run("explore", "tiny", "--only", "saliency,neighbours");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("neighbours: not possible: the training data has changed: it yields vector 3 now, and the run was trained on vector 2"));
        Assert.That(File.ReadAllText(Path.Combine(product.OnlyRun(), "explore", "explore.json")), Does.Contain("Generated samples; real ones could not be opened"));
    }

    [Test]
    public void A_run_that_has_no_weights_yet_cannot_be_explored()
    {
        using var product = Trained(Recipe.Tiny, "Games");
        File.Delete(Path.Combine(product.OnlyRun(), "generator.safetensors"));

        var outcome = product.Run("explore", "tiny");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("generator.safetensors").And.Contain("has not reached its first checkpoint"));
        Assert.That(Directory.Exists(Path.Combine(product.OnlyRun(), "explore")), Is.False);
    }

    [TestCase("--only direction", "there is no exploration 'direction'; did you mean 'directions'? There are traversal, directions,")]
    [TestCase("--only x,y", "there is no exploration 'x'; there are traversal")]
    [TestCase("--only ,", "--only names nothing; there are traversal")]
    [TestCase("--only classes", "there is nothing to show: classes: this model takes no class")]
    [TestCase("--count 0", "--count must be a whole number from 1 to 256, but is '0'")]
    [TestCase("--steps 1", "--steps must be a whole number from 2 to 101, but is '1'")]
    public void A_question_that_makes_no_sense_is_answered_with_what_would(string arguments, string message)
    {
        using var product = Trained(Recipe.Tiny.With("\"iterations\": 40", "\"iterations\": 2"), "Games");

        var outcome = product.Run(["explore", "tiny", .. arguments.Split(' ')]);

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain(message));
    }

    private static Product Trained(string recipe, params string[] plugins)
    {
        var product = new Product();
        foreach (var plugin in plugins)
            product.With(plugin);
        product.File("recipe.json", recipe);
        var train = product.Run("train", "recipe.json");
        Assert.That(train.ExitCode, Is.Zero, train.ToString());
        return product;
    }
}
