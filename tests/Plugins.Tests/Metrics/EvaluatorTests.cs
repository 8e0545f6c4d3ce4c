using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The evaluators on features and logits made by hand.</summary>
public sealed class EvaluatorTests
{
    private static readonly ClassCondition ThreeClasses = new(["a", "b", "c"]);

    private readonly Registered plugin = new(new MetricsPlugin());

    [Test]
    public void No_two_evaluators_share_the_name_of_a_metric()
    {
        string[] names = [.. plugin.Names<Evaluator>().SelectMany(name => plugin.Create<Evaluator>(name).Metrics).Select(metric => metric.Name)];
        Assert.That(names, Is.Unique.And.Length.GreaterThan(20));
    }

    [Test]
    public void Fid_is_the_frechet_distance_named_after_its_extractor()
    {
        Tensor real = rand(50, 4), generated = rand(50, 4) + 1;
        var fid = plugin.Create<Evaluator>("fid", new FidOptions { Extractor = "pixels" });
        var value = fid.Evaluate(new ExtractedContext(real, generated, x => new(x, null)) { Extractor = "pixels" }).Single();
        Assert.That(value, Is.EqualTo(new MetricValue("fid[pixels]", Frechet.distance(real, generated))));
        Assert.That(fid.Metrics.Single().Name, Is.EqualTo(value.Name));
    }

    [TestCase(4, 1)]
    [TestCase(5, 0)]
    public void Fid_warns_of_fewer_samples_than_its_features_need(int samples, int warnings)
    {
        var context = new ExtractedContext(rand(9, 4), rand(samples, 4), x => new(x, null));
        plugin.Create<Evaluator>("fid").Evaluate(context);
        Assert.That(context.Warnings, Has.Count.EqualTo(warnings));
        Assert.That(context.Warnings, Is.All.EqualTo("fid[auto] on 4 samples is unreliable: it needs more samples than the 4 features; evaluate on more, or use kid"));
    }

    [Test]
    public void Class_coverage_tells_what_is_generated_and_how_clearly()
    {
        // Predicted a, a, a, b of three classes; the second and third not confidently. Of the two real samples one is confident.
        var generated = Logits([9, 0, 0], [1, 0, 0], [1, 0, 0], [0, 9, 0]);
        var real = Logits([0, 0, 9], [0, 0, 1]);
        var values = Values(new(), real, generated, ThreeClasses, [0, 0, 1, 1]);
        Assert.That(values, Is.EqualTo(new Dictionary<string, double>
        {
            ["agreement[auto]"] = 3 / 4.0,
            ["class-coverage[auto]"] = 2 / 3.0,
            ["min-class[auto]"] = 0,
            ["confident[auto]"] = 1 / 2.0,
            ["confident-real[auto]"] = 1 / 2.0,
            ["confidence-ratio[auto]"] = 1,
        }));
    }

    [Test]
    public void Coverage_and_confidence_follow_their_thresholds()
    {
        var generated = Logits([9, 0, 0], [1, 0, 0], [1, 0, 0], [0, 9, 0]);
        var strict = new ClassCoverageOptions { MinimumShare = 0.5, Confidence = 0.4 };
        var values = Values(strict, generated, generated, ThreeClasses, [0, 0, 0, 0]);
        Assert.That(values["class-coverage[auto]"], Is.EqualTo(1 / 3.0).Within(1e-12));
        Assert.That(values["confident[auto]"], Is.EqualTo(1));
    }

    [Test]
    public void The_rarest_class_counts()
    {
        var even = Logits([9, 0, 0], [0, 9, 0], [0, 0, 9], [0, 0, 9]);
        Assert.That(Values(new(), even, even, ThreeClasses, [0, 1, 2, 2])["min-class[auto]"], Is.EqualTo(1 / 4.0));
    }

    [Test]
    public void What_is_undefined_is_nan()
    {
        var unsure = Logits([1, 0, 0], [0, 1, 0]);
        var values = Values(new(), unsure, unsure, ConditionSpec.None, null);
        Assert.That(values["agreement[auto]"], Is.NaN, "nothing was asked for");
        Assert.That(values["confidence-ratio[auto]"], Is.NaN, "no real sample is confident");
    }

    [Test]
    public void An_extractor_without_logits_is_refused() =>
        Assert.That(() => plugin.Create<Evaluator>("class-coverage").Evaluate(new ExtractedContext(ones(4, 3), ones(4, 3), x => new(x, null))),
            Throws.TypeOf<ComponentException>().With.Message.Contains("does not classify"));

    [Test]
    public void The_remedy_for_an_extractor_without_logits_is_possible_with_the_data()
    {
        string Refused(EvaluationContext context) => Assert.Throws<ComponentException>(() => plugin.Create<Evaluator>("class-coverage").Evaluate(context))!.Message;
        ExtractedContext Images(ConditionSpec condition) => new(ones(4, 3), ones(4, 3), x => new(x, null)) { Condition = condition };
        var rows = new GivenContext(new VectorSpec(2), new(rand(4, 2)), new(rand(4, 2))) { Extract = samples => new(samples, null) };

        Assert.That(Refused(Images(ThreeClasses)), Does.EndWith("does not classify; name one that does, such as classifier, which learns the classes of this data"));
        Assert.That(Refused(Images(ConditionSpec.None)), Does.Contain("no classes to learn").And.Contain("torchscript").And.Not.Contain("such as classifier"));
        Assert.That(Refused(rows), Does.EndWith("those that do take images, and this data is vector 2: leave class-coverage out"));
    }

    [Test]
    public void An_extractor_of_other_classes_is_refused() =>
        Assert.That(() => Values(new(), ones(2, 5), ones(2, 5), ThreeClasses, [0, 1]),
            Throws.TypeOf<ComponentException>().With.Message.Contains("knows 5 classes and the data has 3"));

    [Test]
    public void Logits_that_are_not_finite_are_refused() =>
        Assert.That(() => Values(new(), ones(2, 3), ones(2, 3) * float.NaN, ThreeClasses, [0, 1]),
            Throws.TypeOf<ComponentException>().With.Message.Contains("class logits of generated samples hold NaN"));

    private static Tensor Logits(params float[][] rows) => stack(rows.Select(row => tensor(row)));

    private Dictionary<string, double> Values(ClassCoverageOptions options, Tensor real, Tensor generated, ConditionSpec condition, long[]? asked)
    {
        var evaluator = plugin.Create<Evaluator>("class-coverage", options);
        var context = new ExtractedContext(real, generated, logits => new(logits, logits))
        {
            Condition = condition,
            Asked = asked is null ? null : tensor(asked),
        };
        var values = evaluator.Evaluate(context);
        Assert.That(values.Select(value => value.Name), Is.EqualTo(evaluator.Metrics.Select(metric => metric.Name)));
        return values.ToDictionary(value => value.Name, value => value.Value);
    }
}
