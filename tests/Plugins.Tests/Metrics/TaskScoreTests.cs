using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Classifiers on images whose class is the half that is bright.</summary>
public sealed class TaskScoreTests
{
    private static readonly ClassCondition Halves = new(["left", "right"]);
    private static readonly TaskScoreOptions Quick = new() { Epochs = 6, Width = 4, Batch = 16, Rate = 1e-2 };

    [Test]
    public void Good_samples_teach_as_well_as_real_ones()
    {
        var values = Scores(Images(1, 120), Images(2, 120), Images(3, 400));
        Assert.That(values["train-real-test-real"], Is.GreaterThan(0.95));
        Assert.That(values["train-generated-test-real"], Is.GreaterThan(0.95));
        Assert.That(values["train-real-test-generated"], Is.GreaterThan(0.95));
        Assert.That(values["augmentation-gain"], Is.EqualTo(0).Within(0.05));
    }

    [Test]
    public void Samples_of_the_wrong_class_teach_the_wrong_thing()
    {
        var wrong = Images(2, 120);
        var values = Scores(Images(1, 120), new Batch(wrong.Samples, 1 - wrong.Condition!), Images(3, 400));
        Assert.That(values["train-real-test-real"], Is.GreaterThan(0.95));
        Assert.That(values["train-generated-test-real"], Is.LessThan(0.05));
        Assert.That(values["train-real-test-generated"], Is.LessThan(0.05));
        Assert.That(values["augmentation-gain"], Is.LessThan(-0.1));
    }

    [Test]
    public void Two_runs_of_one_seed_agree_whatever_was_drawn_before()
    {
        var first = Scores(Images(1, 60), Images(2, 60), Images(3, 100), noise: 3);
        rand(7);
        Assert.That(Scores(Images(1, 60), Images(2, 60), Images(3, 100), noise: 3), Is.EqualTo(first));
    }

    [Test]
    public void A_class_that_is_never_generated_costs_its_share()
    {
        var all = Images(2, 200);
        var left = all.Condition!.eq(0).nonzero().flatten();
        var values = Scores(Images(1, 120), new Batch(all.Samples.index_select(0, left), all.Condition!.index_select(0, left)), Images(3, 400));
        Assert.That(values["train-generated-test-real"], Is.EqualTo(0.5).Within(0.15));
        Assert.That(values["train-real-test-generated"], Is.GreaterThan(0.95));
    }

    [Test]
    public void A_classifier_that_real_samples_teach_nothing_is_reported_with_its_accuracy_and_chance()
    {
        Batch Random(uint seed, int count) => new(Images(seed, count).Samples, randint(0, 2, [count], dtype: ScalarType.Int64));
        manual_seed(1);
        var lost = Context(Random(1, 120), Images(2, 60), Random(3, 100));
        MeasuredBy.Values("task-score", lost, Quick);
        Assert.That(lost.Warnings, Has.Count.EqualTo(1));
        Assert.That(lost.Warnings[0], Does.Match("^task-score: the classifier .* its held-out accuracy is [0-9.]+ % of 120 labels, and chance is (49|50)[0-9.]+ %.* raise 'epochs'$"));

        var learnt = Context(Images(1, 120), Images(2, 60), Images(3, 100));
        MeasuredBy.Values("task-score", learnt, Quick);
        Assert.That(learnt.Warnings, Is.Empty);
    }

    [Test]
    public void It_is_not_repeated_for_floors()
    {
        using var evaluator = new Registered(new MetricsPlugin()).Create<Evaluator>("task-score");
        Assert.That(evaluator.IsResampled, Is.False);
    }

    [Test]
    public void What_is_missing_is_named()
    {
        var images = Images(1, 20);
        Assert.Multiple(() =>
        {
            Assert.That(() => Scores(images, new Batch(images.Samples), images), Throws.TypeOf<ComponentException>().With.Message.Contains("asked for classes"));
            Assert.That(() => Scores(new Batch(images.Samples), images, images), Throws.TypeOf<ComponentException>().With.Message.Contains("labelled real data"));
            Assert.That(() => Scores(images, new Batch(images.Samples / 0.0, images.Condition), images), Throws.TypeOf<ComponentException>().With.Message.Contains("generated samples hold NaN"));
            Assert.That(() => Scores(images, images, null), Throws.TypeOf<ComponentException>().With.Message.Contains("no training data"));
            Assert.That(() => MeasuredBy.Values("task-score", new GivenContext(new ImageSpec(1, 8, 8), images, images, images)), Throws.TypeOf<ComponentException>().With.Message.Contains("needs data with classes"));
            Assert.That(() => MeasuredBy.Values("task-score", new GivenContext(new VectorSpec(2), images, images, images)), Throws.TypeOf<ComponentException>().With.Message.Contains("takes images"));
        });
    }

    [TestCase(1, 1)]
    [TestCase(28, 28)]
    [TestCase(5, 64)]
    public void The_classifier_takes_images_of_any_size(int height, int width)
    {
        using var classifier = new ImageClassifier(new ImageSpec(3, height, width), 10, 8);
        Assert.That(classifier.call(rand(2, 3, height, width)).shape, Is.EqualTo(new long[] { 2, 10 }));
    }

    private static Dictionary<string, double> Scores(Batch real, Batch generated, Batch? training, double noise = 0.5)
    {
        Batch Noisy(Batch batch, uint seed) => new(batch.Samples + noise * (ReferenceFeatures.Of(seed, (int)batch.Count, 64).reshape(-1, 1, 8, 8) - 0.75).to(float32), batch.Condition);
        return MeasuredBy.Values("task-score", new GivenContext(new ImageSpec(1, 8, 8), Noisy(real, 7), Noisy(generated, 8), training is null ? null : Noisy(training, 9)) { Condition = Halves }, Quick);
    }

    private static GivenContext Context(Batch real, Batch generated, Batch training) =>
        new(new ImageSpec(1, 8, 8), real, generated, training) { Condition = Halves };

    private static Batch Images(uint seed, int count)
    {
        var labels = (ReferenceFeatures.Of(seed, count, 1) > 0.75).to(int64).flatten();
        var right = labels.reshape(-1, 1, 1, 1).to(float32);
        var columns = (arange(8) >= 4).to(float32).reshape(1, 1, 1, 8);
        return new Batch((2 * (right * columns + (1 - right) * (1 - columns)) - 1).expand(-1, 1, 8, 8).contiguous(), labels);
    }
}
