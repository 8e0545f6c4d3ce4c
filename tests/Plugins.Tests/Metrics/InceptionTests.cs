using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The inception score against SciPy's entropies: the expected values are what metrics_reference.py prints.</summary>
public sealed class InceptionTests
{
    [Test]
    public void Parts_score_as_scipy_says()
    {
        var parts = Enumerable.Range(0, 4).Select(part => Enumerable.Range(0, 90).Where(row => row % 4 == part).Select(row => (long)row).ToArray()).ToArray();
        var scores = Inception.scores(8 * ReferenceFeatures.Of(5, 90, 10), parts);
        Assert.That(scores, Is.EqualTo(new[] { 2.6201849706848215, 2.7291192420735841, 2.77033571735593, 2.8346396983518765 }).Within(1e-9));
    }

    [Test]
    public void Clear_and_evenly_spread_classes_score_their_number()
    {
        var logits = eye(5).repeat(100, 1) * 1000;
        var values = MeasuredBy.Values("inception-score", logits, logits);
        Assert.That(values["inception-score"], Is.EqualTo(5).Within(0.5));
        Assert.That(MeasuredBy.Values("inception-score", logits, logits, new InceptionScoreOptions { Splits = 1 })["inception-score"], Is.EqualTo(5).Within(1e-9));
    }

    [Test]
    public void One_class_or_no_idea_scores_one()
    {
        foreach (var logits in new[] { zeros(40, 5), tensor([1000.0, 0, 0]).repeat(40, 1) })
        {
            var values = MeasuredBy.Values("inception-score", logits, logits);
            Assert.That(values["inception-score"], Is.EqualTo(1).Within(1e-12));
            Assert.That(values["inception-score-std"], Is.EqualTo(0).Within(1e-12));
        }
    }

    [Test]
    public void Fewer_samples_than_splits_are_refused() =>
        Assert.That(() => MeasuredBy.Values("inception-score", ones(20, 3), ones(9, 3)), Throws.TypeOf<ComponentException>().With.Message.Contains("class logits of generated samples: there are 9").And.Message.Contains("at least 10"));

    [Test]
    public void Logits_that_are_not_finite_are_refused() =>
        Assert.That(() => MeasuredBy.Values("inception-score", ones(20, 3), ones(20, 3) * float.NaN), Throws.TypeOf<ComponentException>().With.Message.Contains("hold NaN"));

    [Test]
    public void An_extractor_without_logits_is_refused() =>
        Assert.That(() => MeasuredBy.Values("inception-score", new GivenContext(new VectorSpec(3), new Batch(ones(20, 3)), new Batch(ones(20, 3))) { Extract = x => new(x, null) }),
            Throws.TypeOf<ComponentException>().With.Message.Contains("inception-score: the extractor 'auto' does not classify"));
}
