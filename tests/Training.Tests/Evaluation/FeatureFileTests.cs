using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Scores from features that were written before.</summary>
public class FeatureFileTests
{
    [Test]
    public void Saved_features_give_the_scores_of_the_samples_that_they_are_of()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "features.safetensors");
        using var gap = new Measuring("gap", Measuring.Gap);
        using var labels = new Measuring("labels", context => context.Conditions(SampleSet.Generated)!.sum().item<long>());
        using var looking = new Measuring("looking", context => context.Samples(SampleSet.Real).sum().item<float>());
        var direct = Save(path, new Doubled(), [gap, labels], 60);

        using var file = FeatureFile.Open(path);
        using var run = new EvaluationRun([gap, labels, looking], file, 60, 1, new EvaluationOptions { Floor = true, Resamples = 3 });
        var result = run.Measure(file);

        Assert.That(result.Scores.Select(score => score.Value), Is.EqualTo(direct.Scores.Select(score => score.Value)));
        Assert.That(result.Extractors, Is.EqualTo(direct.Extractors));
        Assert.That(result.Skipped.Single().Reason, Does.Contain("only features are known").And.Contain(path));
        Assert.That((result.Scores[0].Floor, result.Scores[0].Low), Is.Not.EqualTo(((double?)null, (double?)null)));
        Assert.That(result.FloorOf, Does.StartWith("two halves of the real samples, 30 each"));
    }

    [Test]
    public void Other_weights_another_preparation_or_another_extractor_are_refused_with_both_named()
    {
        using var folder = new TemporaryFolder();
        FeatureFile Open(string name, Doubled extractor)
        {
            var path = Path.Combine(folder.Path, name);
            using var gap = new Measuring("gap", Measuring.Gap);
            Save(path, extractor, [gap], 20);
            return FeatureFile.Open(path);
        }
        using var one = Open("one", new Doubled(fingerprint: "aaa"));
        using var weights = Open("weights", new Doubled(fingerprint: "bbb"));
        using var resized = Open("resized", new Doubled(fingerprint: "aaa", preparation: "bicubic 299×299"));

        Assert.That(() => FeatureFile.CheckComparable(one, one), Throws.Nothing);
        Assert.That(() => FeatureFile.CheckComparable(one, weights), Throws.TypeOf<ComponentException>().With.Message.Contains("aaa").And.Message.Contains("bbb"));
        Assert.That(() => FeatureFile.CheckComparable(one, resized), Throws.TypeOf<ComponentException>().With.Message.Contains("bicubic 299×299"));
    }

    [TestCase("doubled", 3, "has 2 of each sample")]
    [TestCase("tripled", 2, "no extractor in common")]
    public void Features_of_another_number_or_name_are_refused_with_both_files_named(string extractor, int dimension, string message)
    {
        using var folder = new TemporaryFolder();
        FeatureFile Open(string name, string extractor, int dimension)
        {
            using var scope = NewDisposeScope();
            var path = Path.Combine(folder.Path, name);
            var sets = new[] { "real", "generated" }.ToDictionary(set => $"{set}/{extractor}/features", _ => ones(4, dimension));
            using (var file = File.Create(path))
                Safetensors.Write(file, sets, Metadata(extractor));
            return FeatureFile.Open(path);
        }
        using var one = Open("one", "doubled", 2);
        using var other = Open("other", extractor, dimension);

        Assert.That(() => FeatureFile.CheckComparable(one, other), Throws.TypeOf<ComponentException>().With.Message.Contains(message).And.Message.Contains("one'").And.Message.Contains("other'"));
    }

    [TestCase("missing", "there is no such file")]
    [TestCase("text", "safetensors")]
    [TestCase("weights", "names no extractors")]
    [TestCase("nan", "holds NaN")]
    [TestCase("dimensions", "instead of [samples, features]")]
    [TestCase("counts", "of 3 samples")]
    public void A_file_that_cannot_be_used_says_why(string what, string message)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, what);
        if (what == "text")
            File.WriteAllText(path, "these are no features");
        else if (what != "missing")
            Write(path, what);

        Assert.That(() => FeatureFile.Open(path), Throws.TypeOf<ComponentException>().With.Message.Contains(message).And.Message.Contains(path));
    }

    private static void Write(string path, string what)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["real/doubled/features"] = what switch { "nan" => full([4, 2], float.NaN), "dimensions" => ones(4), _ => ones(4, 2) },
            ["real/conditions"] = ones(what == "counts" ? 3 : 4),
        };
        using var file = File.Create(path);
        Safetensors.Write(file, tensors, what == "weights" ? null : Metadata("doubled"));
    }

    private static Dictionary<string, string> Metadata(string extractor) => new()
    {
        ["extractors"] = $$"""[{ "name": "{{extractor}}", "sha256": "aaa", "preparation": "" }]""",
        ["data"] = """{ "sample": { "kind": "vector", "size": 2 }, "condition": { "kind": "none" } }""",
    };

    private static EvaluationResult Save(string path, Doubled extractor, IReadOnlyList<Evaluator> evaluators, int samples)
    {
        using var used = extractor;
        using var real = new PointsInMemory(new PointsOptions { Count = samples, Labels = true });
        using var generated = new PointsInMemory(new PointsOptions { Count = 2 * samples, Labels = true });
        using var run = new EvaluationRun(evaluators, _ => used, real, samples, 1, CPU, new EvaluationOptions { SaveFeatures = path });
        return run.Measure(generated);
    }
}
