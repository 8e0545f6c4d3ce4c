using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Runs that are to go on with something else than what their checkpoints were made with.</summary>
public class ChangedRunTests
{
    [Test]
    public void A_recipe_that_differs_in_what_matters_is_refused_with_all_differences()
    {
        using var product = Trained();
        var path = Path.Combine(product.OnlyRun(), "recipe.json");
        var recipe = File.ReadAllText(path);
        File.WriteAllText(path, recipe.With("\"batch\": 16", "\"batch\": 8").With("\"rate\": 0.0002", "\"rate\": 1e-5").With("\"logEvery\": 10", "\"logEvery\": 5"));

        var refused = product.Run("train", "--resume", "tiny");
        var forced = product.Run("train", "--resume", "tiny", "--force");
        File.WriteAllText(path, recipe.With("\"rate\": 0.0002", "\"rate\": 1e-5"));
        var accepted = product.Run("train", "--resume", "tiny", "--force", "--set", "training.iterations=22");

        Assert.Multiple(() =>
        {
            Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
            Assert.That(refused.Errors, Does.Contain("training.batch: was 16, is 8").And.Contain("training.optimizers.default.rate: was 0.0002, is ").And.Contain("--force").And.Not.Contain("logEvery"));
            Assert.That(forced.ExitCode, Is.EqualTo(2), forced.ToString());
            Assert.That(forced.Errors, Does.Contain("training.batch").And.Not.Contain("rate"));
            Assert.That(accepted.ExitCode, Is.Zero, accepted.ToString());
            Assert.That(accepted.Errors, Does.Contain("resumed with training.optimizers.default.rate").And.Contain("resumed with training.iterations: was 20, is 22"));
        });
    }

    [Test]
    public void A_run_that_is_made_longer_ends_as_one_that_was_as_long_from_the_start()
    {
        using var product = Trained();
        product.Run("train", "recipe.json", "--name", "long", "--set", "training.iterations=33");

        var longer = product.Run("train", "--resume", "tiny", "--set", "training.iterations=33");

        Assert.That(longer.ExitCode, Is.Zero, longer.ToString());
        Assert.That(longer.Errors, Does.Contain("training.iterations: was 20, is 33"));
        byte[] Weights(string name) => File.ReadAllBytes(Path.Combine(Directory.GetDirectories(product.Runs, $"*-{name}-*").Single(), "checkpoints", "0000033", "state.safetensors"));
        Assert.That(Weights("tiny"), Is.EqualTo(Weights("long")));
        var recipe = JsonElement.Parse(File.ReadAllText(Path.Combine(Directory.GetDirectories(product.Runs, "*-tiny-*").Single(), "recipe.json")));
        Assert.That(recipe.GetProperty("training").GetProperty("iterations").GetInt32(), Is.EqualTo(33));
    }

    [Test]
    public void Weights_that_do_not_fit_are_refused_by_name_and_the_run_stays_as_it_was()
    {
        using var product = Trained();
        var path = Path.Combine(product.OnlyRun(), "recipe.json");
        var recipe = File.ReadAllText(path);

        var outcome = product.Run("train", "--resume", "tiny", "--force", "--set", "architecture.latent=6");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("does not fit").And.Contain("'networks/generator/output.weight' has shape [2, 4] instead of [2, 6]"));
        Assert.That(File.ReadAllText(path), Is.EqualTo(recipe));
    }

    [Test]
    public void A_plugin_that_has_changed_is_refused_unless_forced_and_another_number_of_threads_is_said()
    {
        using var product = Trained();
        product.File("extra-plugins/PluginGan.TestPlugins.Games/notes.txt", "another build");

        var refused = product.Run("train", "--resume", "tiny");
        var forced = product.Run("train", "--resume", "tiny", "--force", "--threads", "2", "--set", "training.iterations=22");
        var again = product.Run("train", "--resume", "tiny", "--threads", "2", "--set", "training.iterations=24");

        Assert.Multiple(() =>
        {
            Assert.That(refused.ExitCode, Is.EqualTo(2), refused.ToString());
            Assert.That(refused.Errors, Does.Contain("the plugin 'PluginGan.TestPlugins.Games'").And.Contain("--force"));
            Assert.That(forced.ExitCode, Is.Zero, forced.ToString());
            Assert.That(forced.Errors, Does.Contain("number of threads was 1 and is 2"));
            // The new checkpoint was made with the new plugin, on two threads.
            Assert.That(again.ExitCode, Is.Zero, again.ToString());
            Assert.That(again.Errors, Does.Not.Contain("plugin").And.Not.Contain("threads"));
        });
    }

    [Test]
    public void Changed_data_damaged_weights_and_unread_checkpoints_are_refused_from_any_folder_and_left_as_they_are()
    {
        using var product = new Product();
        foreach (var place in Enumerable.Range(0, 6))
            File.Copy(Picture, Path.Combine(Directory.CreateDirectory(Path.Combine(product.Folder, "pictures")).FullName, $"{place}.png"));
        product.File("recipe.json", """
            { "name": "own", "dataset": { "name": "image-folder", "path": "pictures", "size": 28, "testShare": 0 },
              "architecture": { "name": "dcgan", "width": 4 }, "loss": "hinge",
              "training": { "iterations": 2, "batch": 4, "snapshotEvery": 0 } }
            """);
        Assert.That(product.Run("train", "recipe.json").ExitCode, Is.Zero);
        var run = product.OnlyRun();
        File.AppendAllText(Path.Combine(product.Folder, "pictures", "3.png"), "behind its end");

        var changed = Resume();
        foreach (var state in Directory.GetFiles(run, "state.safetensors", SearchOption.AllDirectories))
            File.AppendAllText(state, "x");
        var generator = Path.Combine(run, "generator.safetensors");
        var weights = File.ReadAllBytes(generator);
        File.WriteAllBytes(generator, [.. weights[..^1], (byte)(weights[^1] ^ 1)]);
        var sampled = product.Run("sample", run);
        File.WriteAllBytes(generator, weights);
        var kept = Directory.GetFileSystemEntries(Path.Combine(run, "checkpoints"));
        var unread = Resume();

        Assert.Multiple(() =>
        {
            Assert.That(changed.ExitCode, Is.EqualTo(2), changed.ToString());
            Assert.That(changed.Errors, Does.Contain("1 overwritten ('3.png')").And.Contain(Path.Combine(product.Folder, "pictures")));
            Assert.That(sampled.ExitCode, Is.EqualTo(1), sampled.ToString());
            Assert.That(sampled.Errors, Does.Contain($"'{generator}' is damaged").And.Contain("train --resume"));
            Assert.That(unread.ExitCode, Is.EqualTo(1), unread.ToString());
            Assert.That(unread.Errors, Does.Contain("checkpoint 0000002 is damaged").And.Contain("--force"));
            Assert.That(File.ReadAllBytes(generator), Is.EqualTo(weights));
            Assert.That(Directory.GetFileSystemEntries(Path.Combine(run, "checkpoints")), Is.EqualTo(kept));
        });

        Outcome Resume()
        {
            string[] resume = ["train", "--resume", run, "--set", "training.iterations=4"];
            using var running = product.StartPrepared("mkdir -p elsewhere; cd elsewhere", resume);
            return running.Wait();
        }
    }

    [Test]
    public void Force_without_a_run_to_resume_is_bad_usage()
    {
        using var product = new Product();

        Assert.That(product.Run("train", "recipe.json", "--force").ExitCode, Is.EqualTo(2));
    }

    private static string Picture => Path.Combine(Product.Repository, "tests", "Plugins.Tests", "Images", "Files", "rgb.png");

    private static Product Trained()
    {
        var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        var outcome = product.Run("train", "recipe.json", "--set", "training.iterations=20");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        return product;
    }
}
