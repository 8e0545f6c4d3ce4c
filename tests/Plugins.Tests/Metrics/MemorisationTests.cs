using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Whether copies of training samples are told from new samples.</summary>
public sealed class MemorisationTests
{
    [Test]
    public void New_samples_are_as_far_from_the_training_data_as_unseen_ones_and_copies_are_not()
    {
        Tensor training = ReferenceFeatures.Of(1, 500, 8), unseen = ReferenceFeatures.Of(2, 300, 8), fresh = ReferenceFeatures.Of(3, 300, 8);
        var honest = MeasuredBy.Values("memorisation", MeasuredBy.Of(unseen, fresh, training));
        Assert.That(honest["memorisation"], Is.EqualTo(1).Within(0.05));
        Assert.That(honest["near-copies"], Is.LessThan(0.04));

        var copies = MeasuredBy.Values("memorisation", MeasuredBy.Of(unseen, training.narrow(0, 100, 300), training));
        Assert.That(copies, Is.EqualTo(new Dictionary<string, double> { ["memorisation"] = 0, ["near-copies"] = 1 }));
    }

    [Test]
    public void A_tenth_of_copies_shows_in_their_share()
    {
        Tensor training = ReferenceFeatures.Of(1, 500, 8), unseen = ReferenceFeatures.Of(2, 300, 8);
        var mixed = cat([ReferenceFeatures.Of(3, 270, 8), training.narrow(0, 0, 30)]);
        Assert.That(MeasuredBy.Values("memorisation", MeasuredBy.Of(unseen, mixed, training))["near-copies"], Is.EqualTo(0.1).Within(0.03));
    }

    [Test]
    public void The_sheet_shows_the_most_suspicious_beside_their_neighbours()
    {
        // Images of one colour, which is their feature: 0.8 is a copy, 0.48 is near, 0 is not.
        var (training, generated) = (Grey(0.1f, 0.5f, 0.8f, 0.9f), Grey(0, 0.48f, 0.8f));
        var context = new GivenContext(new ImageSpec(1, 2, 2), new Batch(Grey(0.3f, 0.7f)), new Batch(generated), new Batch(training)) { Extract = images => new(images.mean([2, 3]), null) };
        MeasuredBy.Values("memorisation", context, new MemorisationOptions { Rows = 2, Neighbours = 2 });

        var (sheet, columns) = context.Shown["nearest-neighbours"];
        Assert.That(columns, Is.EqualTo(3));
        Assert.That(sheet.shape, Is.EqualTo(new long[] { 6, 1, 2, 2 }));
        Assert.That(sheet.mean([1, 2, 3]).data<float>().ToArray(), Is.EqualTo(new[] { 0.8f, 0.8f, 0.9f, 0.48f, 0.5f, 0.8f }).Within(1e-6));
    }

    [Test]
    public void A_sheet_never_asks_for_more_neighbours_than_there_are()
    {
        var context = new GivenContext(new ImageSpec(1, 2, 2), new Batch(Grey(0.3f, 0.4f)), new Batch(Grey(0.2f, 0.3f)), new Batch(Grey(0.1f, 0.9f))) { Extract = images => new(images.mean([2, 3]), null) };
        MeasuredBy.Values("memorisation", context);
        Assert.That(context.Shown["nearest-neighbours"].Columns, Is.EqualTo(3));
    }

    [Test]
    public void Features_alone_are_measured_without_a_sheet()
    {
        var context = new GivenContext(new ImageSpec(1, 2, 2), new Batch(Grey(0.3f, 0.9f)), new Batch(Grey(0.2f, 0.5f)), new Batch(Grey(0.1f))) { HidesSamples = true, Extract = images => new(images.mean([2, 3]), null) };
        Assert.That(MeasuredBy.Values("memorisation", context)["memorisation"], Is.EqualTo(0.5).Within(1e-6));
        Assert.That(context.Shown, Is.Empty);
    }

    [Test]
    public void Without_training_data_there_is_nothing_to_compare_with() =>
        Assert.That(() => MeasuredBy.Values("memorisation", MeasuredBy.Of(rand(5, 2), rand(5, 2))), Throws.TypeOf<ComponentException>().With.Message.Contains("no training data"));

    [Test]
    public void Real_samples_that_were_trained_on_are_refused()
    {
        var training = rand(20, 2);
        Assert.That(() => MeasuredBy.Values("memorisation", MeasuredBy.Of(training.narrow(0, 0, 10), rand(5, 2), training)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("training samples themselves"));
    }

    [Test]
    public void Features_that_are_not_finite_are_refused_by_set() =>
        Assert.That(() => MeasuredBy.Values("memorisation", MeasuredBy.Of(rand(5, 2), rand(5, 2), rand(5, 2) / 0.0)), Throws.TypeOf<ComponentException>().With.Message.Contains("training samples hold NaN"));

    private static Tensor Grey(params float[] levels) => tensor(levels).reshape(-1, 1, 1, 1).expand(-1, 1, 2, 2).contiguous();
}
