using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Feature extractors that a recipe gives options, and that are fitted on its data.</summary>
public class ExtractorTests
{
    private const string Clothes = """
        {
          "name": "clothes",
          "dataset": { "name": "fashion-mnist-10k", "subset": 200 },
          "architecture": { "name": "dcgan", "width": 8 },
          "loss": "hinge",
          "training": { "iterations": 2, "batch": 16, "snapshotEvery": 0, "checkpointEvery": 0 },
          "evaluation": { "samples": 100, "baseline": false, "extractors": [ { "name": "classifier", "width": 4, "epochs": 1 } ] },
          "evaluators": [ { "name": "kid", "extractor": "classifier" }, { "name": "fid", "extractor": "random-projection" } ]
        }
        """;

    [Test]
    public void A_classifier_is_fitted_on_the_data_of_the_run_before_it_and_kept_for_the_next()
    {
        using var product = new Product();
        product.File("recipe.json", Clothes);

        var first = product.Run("train", "recipe.json");
        var evaluated = product.Run("evaluate", product.OnlyRun(), "--json");
        var second = product.Run("train", "recipe.json", "--seed", "7");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(first.Output, Does.Contain("fitted classifier on 200 samples of the training data").And.Match(@", accuracy [0-9.]+ % on \d+ evaluation samples; kept"));
        Assert.That(first.Output, Does.Contain("kid[classifier]").And.Contain("fid[random-projection]"));
        Assert.That(evaluated.Output, Does.Contain("kid[classifier]"), evaluated.ToString());
        Assert.That(second.ExitCode, Is.Zero, second.ToString());
        Assert.That(second.Output, Does.Not.Contain("fitted classifier"), "another seed measures with the same instrument");
    }

    [Test]
    public void The_model_of_the_best_evaluation_is_kept_and_taken_where_it_is_asked_for()
    {
        using var product = new Product();
        product.File("recipe.json", Clothes
            .With("\"iterations\": 2,", "\"iterations\": 40, \"evaluateEvery\": 20, \"keepBest\": \"kid[classifier]\",")
            .With("\"baseline\": false", "\"baseline\": true"));

        var trained = product.Run("train", "recipe.json");
        var run = product.OnlyRun();
        var last = product.Run("evaluate", run, "--resamples", "0", "--json");
        var best = product.Run("evaluate", run, "--best", "--resamples", "0", "--json");
        var kid = Directory.GetFiles(Path.Combine(run, "evaluations"), "*.json").Order().Select(file => Kid(File.ReadAllText(file))).ToList();

        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        Assert.That(Kid(best.Output), Is.EqualTo(kid.Min()).Within(0.01).Percent, best.ToString());
        Assert.That(Kid(last.Output), Is.EqualTo(kid[^1]).Within(0.01).Percent, last.ToString());
        File.Delete(Path.Combine(run, "best.safetensors"));
        var without = product.Run("sample", run, "--best");
        Assert.That((without.ExitCode, without.Errors), Is.EqualTo((2, $"error: --best: '{Path.GetFileName(run)}' has kept no best model; a recipe names the metric that it is judged by in training.keepBest, and evaluates every training.evaluateEvery iterations\n")));

        static double Kid(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("scores").EnumerateArray()
            .First(score => score.GetProperty("metric").GetString() == "kid[classifier]").GetProperty("value").GetDouble();
    }

    [Test]
    public void An_extractor_that_cannot_be_had_ends_the_command_before_anything_is_trained()
    {
        using var product = new Product();
        product.File("recipe.json", Clothes.With("\"extractor\": \"random-projection\"", "\"extractor\": \"torchscript\""));

        var without = product.Run("train", "recipe.json");
        var wrong = product.Run("train", "recipe.json", "--set", """evaluation.extractors=[{"name":"classifier","width":4,"epochs":1},{"name":"torchscript","path":"none.pt"}]""");

        Assert.That((without.ExitCode, wrong.ExitCode), Is.EqualTo((2, 2)), $"{without}{wrong}");
        Assert.That(without.Errors, Does.Contain("'torchscript'").And.Contain("path: is missing").And.Contain("evaluation.extractors"));
        Assert.That(wrong.Errors, Does.Contain("feature extractor 'torchscript': cannot read '").And.Contain("none.pt"));
        Assert.That(Directory.Exists(product.Runs), Is.False);
    }
}
