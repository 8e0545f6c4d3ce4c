using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Scores of runs, of samples that are at hand, and of saved features.</summary>
public class EvaluateTests
{
    private const string Clothes = """
        {
          "name": "clothes",
          "dataset": { "name": "fashion-mnist-10k", "subset": 300 },
          "architecture": { "name": "dcgan", "width": 8 },
          "loss": "hinge",
          "training": { "iterations": 2, "batch": 16, "snapshotEvery": 0, "checkpointEvery": 0 },
          "evaluation": { "samples": 120, "baseline": false },
          "evaluators": [ "fid", { "name": "memorisation", "rows": 3 } ]
        }
        """;

    private static readonly string[] Sets = ["--real", """{"name":"fashion-mnist-10k","subset":200}""", "--generated", """{"name":"fashion-mnist-10k","split":"test","subset":150}"""];

    [Test]
    public void A_run_leaves_its_scores_with_floors_provenance_and_pictures_and_evaluate_adds_intervals()
    {
        using var product = new Product();
        product.File("recipe.json", Clothes);

        var trained = product.Run("train", "recipe.json");
        var text = product.Run("evaluate", "clothes");
        var outcome = product.Run("evaluate", "clothes", "--resamples", "5", "--json");
        var again = product.Run("evaluate", "clothes", "--resamples", "5", "--json");

        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(product.OnlyRun(), "evaluations", "0000002.json"))).RootElement;
        Assert.That(
            Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(product.OnlyRun(), "evaluations", "0000002-nearest-neighbours.png"))),
            Does.Contain("digitalsourcetype/compositeWithTrainedAlgorithmicMedia").And.Contain(Path.GetFileName(product.OnlyRun())));
        Assert.That((record.GetProperty("dataset").GetString(), record.GetProperty("split").GetString()), Is.EqualTo(("fashion-mnist-10k", "test")));
        Assert.That(record.GetProperty("floorOf").GetString(), Is.EqualTo("120 real samples against 120 further ones of fashion-mnist-10k"));
        Assert.That(record.GetProperty("extractors")[0].GetProperty("name").GetString(), Is.EqualTo("lenet-fashion"));
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var answer = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.That(answer.GetProperty("scores").EnumerateArray().Select(Metric), Is.EqualTo(new[] { "fid[lenet-fashion]", "memorisation[lenet-fashion]", "near-copies[lenet-fashion]" }));
        foreach (var (score, before) in answer.GetProperty("scores").EnumerateArray().Zip(record.GetProperty("scores").EnumerateArray()))
        {
            Assert.That(Number(score, "value"), Is.EqualTo(Number(before, "value")), "as the training measured it");
            Assert.That(Number(score, "floor"), Is.EqualTo(Number(before, "floor")));
        }
        var fid = answer.GetProperty("scores")[0];
        Assert.That((Number(fid, "low"), Number(fid, "floor")), Is.LessThan((Number(fid, "value"), Number(fid, "value"))));
        Assert.That(Scores(again), Is.EqualTo(Scores(outcome)), "one seed gives one result");
        Assert.That(text.Output, Does.Match(@"metric.*value.*95 % interval.*floor.*better").And.Contain("floor: 120 real samples").And.Contain("extractor: lenet-fashion (SHA-256"));
    }

    [Test]
    public void A_network_that_only_checkpoints_hold_is_there_for_the_evaluator_that_names_it()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("[ \"mean-gap\" ]", "[ \"verdict\" ]"));

        product.Run("train", "recipe.json");
        var outcome = product.Run("evaluate", "tiny", "--json");
        Directory.Delete(Path.Combine(product.OnlyRun(), "checkpoints"), recursive: true);
        var without = product.Run("evaluate", "tiny");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(product.OnlyRun(), "evaluations", "0000040.json"))).RootElement;
        Assert.That(
            Number(JsonDocument.Parse(outcome.Output).RootElement.GetProperty("scores")[0], "value"),
            Is.EqualTo(Number(record.GetProperty("scores")[0], "value")).And.Not.EqualTo(0), "as the training measured it");
        Assert.That(without.ExitCode, Is.EqualTo(2), without.ToString());
        Assert.That(without.Errors, Does.Contain("no checkpoint that can be read, and only that holds the weights of the networks discriminator"));
    }

    [Test]
    public void An_evaluator_that_stands_twice_keeps_the_options_of_each_and_two_of_one_name_are_refused()
    {
        using var product = new Product();
        product.File("recipe.json", Clothes.With("""[ "fid", { "name": "memorisation", "rows": 3 } ]""", """[ "fid", { "name": "fid", "extractor": "random-projection" } ]"""));
        product.File("twice.json", Clothes.With("""[ "fid", { "name": "memorisation", "rows": 3 } ]""", """[ { "name": "precision-recall", "k": 3 }, { "name": "precision-recall", "k": 5 } ]"""));

        var trained = product.Run("train", "recipe.json");
        var evaluated = product.Run("evaluate", "clothes", "--resamples", "0", "--json");
        var twice = product.Run("train", "twice.json");

        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        Assert.That(JsonDocument.Parse(evaluated.Output).RootElement.GetProperty("scores").EnumerateArray().Select(Metric), Is.EqualTo(new[] { "fid[lenet-fashion]", "fid[random-projection]" }));
        Assert.That((twice.ExitCode, twice.Errors), Is.EqualTo((2, "error: evaluators: two of them measure 'precision[lenet-fashion]', and a score could not tell which it is of; take one out\n")));
    }

    [Test]
    public void Samples_of_a_run_score_as_files_what_they_score_in_the_run()
    {
        using var product = new Product();
        product.File("recipe.json", Clothes.With("""[ "fid", { "name": "memorisation", "rows": 3 } ]""", """[ "fid" ]"""));
        product.Run("train", "recipe.json");

        var sampled = product.Run("sample", "clothes", "--count", "120", "--out", "made");
        var files = product.Run("evaluate", "--real", """{"name":"fashion-mnist-10k","split":"test"}""", "--generated", "made", "--metrics", "fid", "--resamples", "0", "--json");
        var run = product.Run("evaluate", "clothes", "--resamples", "0", "--json");

        double Fid(Outcome outcome) => Number(JsonDocument.Parse(outcome.Output).RootElement.GetProperty("scores")[0], "value");
        Assert.That(sampled.Output, Does.Contain("120 files in made"));
        Assert.That(Fid(files), Is.EqualTo(Fid(run)).Within(5).Percent, $"other samples of the same model\n{files}{run}");
    }

    [Test]
    public void Training_data_that_is_streamed_to_the_training_gives_the_same_scores()
    {
        using var product = new Product();
        product.File("recipe.json", Clothes);

        var resident = product.Run("train", "recipe.json", "--json");
        var streamed = product.Run("train", "recipe.json", "--set", "training.data=streamed", "--json");

        static string Last(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement.GetProperty("scores").EnumerateArray().Last().GetProperty("values").GetRawText();
        Assert.That((resident.ExitCode, streamed.ExitCode), Is.EqualTo((0, 0)), $"{resident}{streamed}");
        Assert.That(Last(streamed), Is.EqualTo(Last(resident)).And.Contain("memorisation"));
    }

    [Test]
    public void What_one_evaluator_cannot_measure_is_said_and_the_rest_is_measured()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        product.Run("train", "recipe.json");

        var some = product.Run("evaluate", "tiny", "--metrics", "mean-gap,fid", "--set", "fid.extractor=lenet-fashion", "--json");
        var none = product.Run("evaluate", "tiny", "--metrics", "fid", "--set", "fid.extractor=lenet-fashion");

        Assert.That(some.ExitCode, Is.Zero, some.ToString());
        var answer = JsonDocument.Parse(some.Output).RootElement;
        Assert.That(answer.GetProperty("scores").EnumerateArray().Select(Metric), Is.EqualTo(new[] { "mean-gap" }));
        Assert.That(answer.GetProperty("skipped")[0].GetProperty("evaluator").GetString(), Is.EqualTo("fid"));
        Assert.That(some.Errors, Does.Contain("not evaluated: fid: the feature extractor 'lenet-fashion' takes image 28×28 (1 channel), but the data is vector 2"));
        Assert.That(none.ExitCode, Is.EqualTo(2), none.ToString());
        Assert.That(none.Errors, Does.Contain("nothing could be measured: fid:"));
    }

    [Test]
    public void Samples_that_were_made_elsewhere_are_measured_and_their_features_saved_to_measure_again()
    {
        using var product = new Product();
        string[] metrics = ["--metrics", "fid,density-coverage", "--set", "density-coverage.k=3", "--resamples", "0", "--json"];

        var direct = product.Run(["evaluate", .. Sets, .. metrics, "--save-features", "features.safetensors"]);
        var saved = product.Run(["evaluate", "--features", "features.safetensors", "features.safetensors", .. metrics]);
        var usual = product.Run(["evaluate", .. Sets, "--resamples", "2"]);

        Assert.That(direct.ExitCode, Is.Zero, direct.ToString());
        var answer = JsonDocument.Parse(direct.Output).RootElement;
        Assert.That(answer.GetProperty("samples").GetInt32(), Is.EqualTo(150));
        Assert.That(answer.GetProperty("scores").EnumerateArray().Select(Metric), Is.EqualTo(new[] { "fid[lenet-fashion]", "density[lenet-fashion]", "coverage[lenet-fashion]" }));
        Assert.That(saved.ExitCode, Is.Zero, saved.ToString());
        Assert.That(Values(saved), Is.EqualTo(Values(direct)));
        Assert.That(usual.ExitCode, Is.Zero, usual.ToString());
        Assert.That(usual.Output, Does.Contain("kid[lenet-fashion]").And.Contain("precision[lenet-fashion]").And.Contain("ms-ssim"));
    }

    [Test]
    public void An_option_of_an_extractor_can_be_set()
    {
        using var product = new Product();

        var outcome = product.Run(["evaluate", .. Sets, "--metrics", "kid", "--set", "kid.extractor=random-projection", "--set", "random-projection.dimension=17", "--resamples", "0", "--save-features", "f", "--json"]);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Contain("kid[random-projection]"));
        // The header of a safetensors file is JSON.
        Assert.That(Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(product.Folder, "f"))), Does.Contain("""
            "generated/random-projection/features":{"dtype":"F32","shape":[150,17]
            """));
    }

    [TestCase("there is nothing to measure", "")]
    [TestCase("--real needs --generated beside it", "--real points")]
    [TestCase("--generated needs --real beside it", "--generated points")]
    [TestCase("RUN and --real exclude each other", "tiny --real points --generated points")]
    [TestCase("--real and --features exclude each other", "--real points --generated points --features a b")]
    [TestCase("--save-features: the features are in files already", "--features a --save-features b")]
    [TestCase("--real: there is no folder 'nowhere', and no dataset of that name", "--real nowhere --generated points")]
    [TestCase("--generated: '{\"nome\":1}' is no dataset as JSON", "--real points --generated {\"nome\":1}")]
    [TestCase("--generated: 'recipe.json' is a file", "--real points --generated recipe.json")]
    [TestCase("--set: 'k=3' is not of the form NAME.OPTION=VALUE", "--real points --generated points --set k=3")]
    [TestCase("--set: there is no evaluator, feature extractor or dataset 'fod'", "--real points --generated points --set fod.k=3")]
    [TestCase("--set: 'kid' takes no part; the evaluators are mean-gap", "--real points --generated points --metrics mean-gap --set kid.subsets=3")]
    [TestCase("unknown key 'neighbours'", "--real points --generated points --metrics precision-recall --set precision-recall.neighbours=3")]
    [TestCase("--real yields vector 2, but --generated yields vector 3", "--real points --generated {\"name\":\"endless\",\"size\":3}")]
    [TestCase("'a' cannot be read: there is no such file", "--features a b")]
    [TestCase("there is no training data here to fit a feature extractor on", "--real {\"name\":\"fashion-mnist-10k\",\"subset\":50} --generated fashion-mnist-10k --metrics fid --set fid.extractor=classifier")]
    [TestCase("did you mean 'kid'", "--real points --generated points --metrics kd")]
    [TestCase("did you mean 'mean-gap'", "tiny --metrics mean-gab")]
    [TestCase("--resamples must be a whole number from 0 to 10000, but is '-1'", "tiny --resamples -1")]
    public void What_cannot_be_measured_is_refused_with_what_would_be_right(string message, string arguments)
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        if (arguments.StartsWith("tiny --metrics", StringComparison.Ordinal))
            product.Run("train", "recipe.json");

        var outcome = product.Run(["evaluate", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain(message));
    }

    private static string? Metric(JsonElement score) => score.GetProperty("metric").GetString();

    private static double Number(JsonElement score, string name) => score.GetProperty(name).ValueKind == JsonValueKind.Number ? score.GetProperty(name).GetDouble() : double.NaN;

    private static string Scores(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement.GetProperty("scores").GetRawText();

    private static IEnumerable<double> Values(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement.GetProperty("scores").EnumerateArray().Select(score => Number(score, "value"));
}
