using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>A run from its recipe to samples and scores, through the command line.</summary>
public class RunTests
{
    [Test]
    public void A_run_leaves_everything_that_it_promises()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var outcome = product.Run("train", "recipe.json", "--json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var answer = JsonDocument.Parse(outcome.Output).RootElement;
        var run = product.OnlyRun();
        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("status").GetString(), Is.EqualTo("finished"));
            Assert.That(answer.GetProperty("iteration").GetInt64(), Is.EqualTo(40));
            Assert.That(answer.GetProperty("scores").EnumerateArray().Last().GetProperty("values").GetProperty("mean-gap").GetDouble(), Is.GreaterThan(0));
            string[] files = ["recipe.json", "manifest.json", "events.jsonl", "generator.safetensors", "samples/0000020.csv", "samples/0000040.csv", "checkpoints/0000040/state.safetensors", "checkpoints/0000040/state.json"];
            foreach (var file in files)
                Assert.That(File.Exists(Path.Combine(run, file)), file);
            Assert.That(Directory.GetDirectories(Path.Combine(run, "checkpoints")), Has.Length.EqualTo(3));
            Assert.That(Directory.GetFiles(Path.Combine(run, "tensorboard")), Is.Not.Empty);
        });
    }

    [Test]
    public void Runs_are_listed_and_shown()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        product.Run("train", "recipe.json", "--name", "first");

        var list = product.Run("runs", "list");
        var show = product.Run("runs", "show", "first", "--json");

        Assert.That(list.Output, Does.Match("first.*finished.*40"));
        Assert.That(JsonDocument.Parse(show.Output).RootElement.GetProperty("status").GetString(), Is.EqualTo("finished"));
    }

    [Test]
    public void Sampling_twice_with_one_seed_gives_the_same_file()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        product.Run("train", "recipe.json");

        var first = product.Run("sample", "tiny", "--count", "9", "--seed", "3", "--out", "a.csv");
        product.Run("sample", "tiny", "--count", "9", "--seed", "3", "--out", "b.csv");
        product.Run("sample", "tiny", "--count", "9", "--seed", "4", "--out", "c.csv");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        string Text(string name) => File.ReadAllText(Path.Combine(product.Folder, name));
        Assert.That(Text("a.csv").Trim().Split('\n'), Has.Length.EqualTo(9));
        Assert.That(Text("b.csv"), Is.EqualTo(Text("a.csv")));
        Assert.That(Text("c.csv"), Is.Not.EqualTo(Text("a.csv")));
    }

    [Test]
    public void Evaluating_a_run_gives_the_score_that_training_ended_with()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        var trained = JsonDocument.Parse(product.Run("train", "recipe.json", "--json").Output).RootElement;

        var outcome = product.Run("evaluate", "tiny", "--json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var score = JsonDocument.Parse(outcome.Output).RootElement.GetProperty("scores")[0].GetProperty("value").GetDouble();
        Assert.That(score, Is.EqualTo(trained.GetProperty("scores").EnumerateArray().Last().GetProperty("values").GetProperty("mean-gap").GetDouble()));
    }

    [Test]
    public void A_dry_run_shows_the_composition_and_writes_nothing()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var outcome = product.Run("train", "recipe.json", "--dry-run", "--json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var answer = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.That(answer.GetProperty("parameters").GetProperty("generator").GetInt64(), Is.EqualTo(10));
        Assert.That(answer.GetProperty("shapes").GetProperty("generated").EnumerateArray().Select(size => size.GetInt64()), Is.EqualTo(new[] { 16, 2 }));
        Assert.That(answer.GetProperty("iteration").GetProperty("scalars").GetProperty("d/loss").GetDouble(), Is.GreaterThan(0));
        Assert.That(Directory.Exists(product.Runs), Is.False);
    }

    [Test]
    public void Settings_on_the_command_line_override_the_recipe()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var outcome = product.Run("train", "recipe.json", "--set", "training.iterations=7", "--set", "loss=hinge", "--seed", "5");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var recipe = JsonDocument.Parse(File.ReadAllText(Path.Combine(product.OnlyRun(), "recipe.json"))).RootElement;
        Assert.That(recipe.GetProperty("training").GetProperty("iterations").GetInt64(), Is.EqualTo(7));
        Assert.That(recipe.GetProperty("loss").GetProperty("name").GetString(), Is.EqualTo("hinge"));
        Assert.That(recipe.GetProperty("seed").GetInt64(), Is.EqualTo(5));
    }

    [Test]
    public void An_evaluator_that_asks_for_an_unknown_extractor_is_refused_before_anything_is_trained()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("[ \"mean-gap\" ]", "[ { \"name\": \"fid\", \"extractor\": \"lenet-fashoin\" } ]"));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("'lenet-fashoin'").And.Contain("did you mean 'lenet-fashion'"));
        Assert.That(Directory.Exists(product.Runs), Is.False);
    }

    [Test]
    public void A_plugin_may_bring_an_optimiser_of_which_an_option_follows_a_schedule()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With(
            "\"iterations\": 40,",
            """
            "iterations": 40, "optimizers": {
              "default": { "rate": 1e-3 },
              "generator": { "name": "lion", "beta1": { "shape": "linear", "from": 0.5, "to": 0.9, "end": 20, "unit": "iterations" } } },
            """));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var optimizers = JsonDocument.Parse(File.ReadAllText(Path.Combine(product.OnlyRun(), "recipe.json"))).RootElement.GetProperty("training").GetProperty("optimizers");
        Assert.That(optimizers.GetProperty("generator").GetProperty("beta2").GetDouble(), Is.EqualTo(0.99), "its defaults are written out");
        Assert.That(optimizers.GetProperty("generator").GetProperty("rate").GetDouble(), Is.EqualTo(1e-3), "the rate is that of the default");
        // The header of a safetensors file is JSON.
        var state = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(product.OnlyRun(), "checkpoints", "0000040", "state.safetensors")));
        Assert.That(state, Does.Contain("optimizers/generator/output.weight/momentum").And.Contain("optimizers/discriminator/verdict.weight/square"));
    }

    [Test]
    public void What_is_chosen_automatically_is_said_and_written_into_the_recipe_of_the_run()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.Output, Does.Contain("cpu  fp32, channels-last"));
        var training = JsonDocument.Parse(File.ReadAllText(Path.Combine(product.OnlyRun(), "recipe.json"))).RootElement.GetProperty("training");
        Assert.That((training.GetProperty("precision").GetString(), training.GetProperty("memoryFormat").GetString()), Is.EqualTo(("fp32", "channelsLast")));
    }

    [Test]
    public void A_name_that_cannot_name_a_folder_is_refused()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);

        var outcome = product.Run("train", "recipe.json", "--name", "a/b");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("'a/b'"));
    }

    [Test]
    public void Doctor_finds_nothing_wrong()
    {
        using var product = new Product();

        var outcome = product.Run("doctor");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("libtorch"));
    }

    [Test]
    public void A_libtorch_folder_that_holds_none_is_named()
    {
        using var product = new Product { LibtorchFolder = Path.GetTempPath() };

        var outcome = product.Run("doctor");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("libtorch_cpu.so"));
    }

    [Test]
    public void Another_folder_of_libtorch_is_used_where_it_is_named()
    {
        using var product = new Product { LibtorchFolder = Product.HostFolder };

        var outcome = product.Run("doctor", "--json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain($"from {Product.HostFolder}").And.Contain("libtorch has all that TorchSharp calls"));
    }
}
