using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The classifier of stacked images, fitted by the host's trainer on images whose class is the half that is bright.</summary>
public sealed class ChannelClassifierTests
{
    private static readonly DataSpec Stacks = new(new ImageSpec(2, 8, 8), new ClassCondition(["00", "01", "10", "11"]));

    [Test]
    public void Fitted_on_stacks_it_knows_the_class_of_each_channel()
    {
        var classes = arange(200) % 4;
        var samples = stack([Half(classes.floor_divide(2)), Half(classes % 2)], 1);
        using var extractor = Create(Stacks);
        var before = extractor.Fingerprint;
        var context = new GivenContext(Stacks.Sample, null, new Batch(samples)) { Condition = Stacks.Condition, Extract = extractor.Extract };
        context.Fit(extractor.Fitting! with { Settings = new FitSettings(20, 20, 1e-2) }, new Batch(samples, classes), "fit");

        var seen = extractor.Extract(samples);
        Assert.That(extractor.NeedsFitting, Is.True);
        Assert.That(extractor.Fingerprint, Is.Not.EqualTo(before));
        Assert.That(seen.Features.shape, Is.EqualTo(new long[] { 200, extractor.Dimension }));
        var digits = seen.Logits!.reshape(200, 2, 2).argmax(2);
        Assert.That((digits.select(1, 0) * 2 + digits.select(1, 1)).eq(classes).all().item<bool>(), Is.True);
        Assert.That(MeasuredBy.Values("stacked-modes", context)["stacked-modes"], Is.EqualTo(4));
    }

    [Test]
    public void Data_without_a_class_for_each_combination_is_refused()
    {
        Assert.That(() => Create(Stacks with { Condition = new ClassCondition(["a", "b", "c"]) }), Throws.TypeOf<ComponentException>().With.Message.Contains("3 classes are no number to the power"));
        Assert.That(() => Create(Stacks with { Condition = ConditionSpec.None }), Throws.TypeOf<ComponentException>().With.Message.Contains("takes images with classes"));
        Assert.That(() => Create(null), Throws.TypeOf<ComponentException>().With.Message.Contains("no data was given"));
    }

    [Test]
    public void Fitting_without_labels_is_refused()
    {
        using var extractor = Create(Stacks);
        Assert.That(() => extractor.Fitting!.Loss(new Batch(zeros(2, 2, 8, 8))), Throws.TypeOf<ComponentException>().With.Message.Contains("labelled"));
    }

    private static FeatureExtractor Create(DataSpec? data)
    {
        random.manual_seed(1);
        var context = new ComponentContext { DataFolder = "", Data = data };
        return new Registered(new MetricsPlugin(), context).Create<FeatureExtractor>("channel-classifier", new ChannelClassifierOptions { Width = 4 });
    }

    private static Tensor Half(Tensor right)
    {
        var columns = (arange(8) >= 4).to(float32).reshape(1, 1, 8);
        var chosen = right.to(float32).reshape(-1, 1, 1);
        return (2 * (chosen * columns + (1 - chosen) * (1 - columns)) - 1).expand(-1, 8, 8);
    }
}
