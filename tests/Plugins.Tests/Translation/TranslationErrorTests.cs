using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

/// <summary>Translations of four images of 1×1×2 by hand.</summary>
public sealed class TranslationErrorTests
{
    private static readonly ImageSpec Image = new(1, 1, 2);

    private DisposeScope scope = null!;

    private static Tensor Sources => Images(0, 0, 0.5f, 0.5f, 1, 1, -1, -1);

    private static Tensor Targets => Images(1, 0, 0.5f, 0.5f, 0, 1, -1, 0.5f);

    private static Tensor Translations => Images(0.5f, 0, 0.5f, 1, 0, 0, -1, 0.5f);

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    [Test]
    public void Translations_and_what_needs_no_learning_are_measured_against_the_targets()
    {
        var values = MeasuredBy.Values("translation-error", Context(Translations));
        Assert.Multiple(() =>
        {
            Assert.That(values["translation-error"], Is.EqualTo((0.5 + 0.5 + 1) / 8).Within(1e-7));
            Assert.That(values["copy-error"], Is.EqualTo((1 + 0 + 0 + 0 + 1 + 0 + 0 + 1.5) / 8).Within(1e-7));
            // The mean target is (0.125, 0.5).
            Assert.That(values["mean-target-error"], Is.EqualTo((0.875 + 0.5 + 0.375 + 0 + 0.125 + 0.5 + 1.125 + 0) / 8).Within(1e-7));
            Assert.That(values, Has.Count.EqualTo(3), "the others are asked for by options");
        });
    }

    [Test]
    public void The_mean_of_a_class_is_that_of_the_targets_which_the_classifier_puts_into_it()
    {
        // The logits say: first, third, first, third.
        var context = Context(Translations, _ => new(zeros(4, 1), tensor(new float[,] { { 9, 0, 0 }, { 0, 0, 9 }, { 9, 0, 0 }, { 0, 0, 9 } })));
        var values = MeasuredBy.Values("translation-error", context, new TranslationErrorOptions { Classifier = "lenet-fashion" });
        // The means are (0.5, 0.5) and (-0.25, 0.5).
        Assert.That(values["class-mean-error"], Is.EqualTo((0.5 + 0.5 + 0.75 + 0 + 0.5 + 0.5 + 0.75 + 0) / 8).Within(1e-7));
    }

    [TestCase(3, (1 + 0.5 + 0.5 + 0 + 1 + 0.5 + 1 + 0) / 8)]
    [TestCase(1, (1 + 2 + 0.5 + 1.5 + 0 + 1 + 1 + 1.5) / 8)]
    public void The_nearest_pair_is_looked_up_among_the_first_training_pairs(int pairs, double expected)
    {
        // The nearest sources of (0, 0), (0.5, 0.5), (1, 1), (-1, -1) among three are the third, second, second and third.
        var training = new Batch(Images(0, 2, 1, 0.5f, 0, 0.5f), Images(9, 9, 0.75f, 0.75f, -0.1f, -0.1f));
        var found = MeasuredBy.Values("translation-error", Context(Translations, training: training), new TranslationErrorOptions { Pairs = pairs })["nearest-pair-error"];
        var targets = pairs == 1 ? Images(0, 2, 0, 2, 0, 2, 0, 2) : Images(0, 0.5f, 1, 0.5f, 1, 0.5f, 0, 0.5f);
        Assert.That(found, Is.EqualTo((Targets - targets).abs().mean().item<float>()).Within(1e-7));
        Assert.That(found, Is.EqualTo(expected).Within(1e-7));
    }

    [Test]
    public void A_perfect_translation_has_no_error() => Assert.That(MeasuredBy.Values("translation-error", Context(Targets))["translation-error"], Is.Zero);

    [Test]
    public void A_copy_is_undefined_where_the_domains_have_other_channels()
    {
        var colours = new Batch(rand(4, 3, 1, 2), Sources);
        var context = new GivenContext(new ImageSpec(3, 1, 2), colours, colours) { Condition = new SampleCondition(Image) };
        Assert.That(MeasuredBy.Values("translation-error", context)["copy-error"], Is.NaN);
        Assert.That(context.Shown["translations"].Samples.shape, Is.EqualTo(new long[] { 12, 3, 1, 2 }));
    }

    [Test]
    public void The_sheet_shows_source_translation_and_target_side_by_side()
    {
        var context = Context(Translations);
        MeasuredBy.Values("translation-error", context, new TranslationErrorOptions { Rows = 2 });
        var (samples, columns) = context.Shown["translations"];
        var (sources, targets) = (Sources, Targets);
        Assert.That(columns, Is.EqualTo(3));
        Assert.That(samples.data<float>(), Is.EqualTo(stack([sources[..2], Translations[..2], targets[..2]], 1).data<float>()));
    }

    [Test]
    public void No_sheet_is_shown_where_none_is_asked_for()
    {
        var context = Context(Translations);
        MeasuredBy.Values("translation-error", context, new TranslationErrorOptions { Rows = 0 });
        Assert.That(context.Shown, Is.Empty);
    }

    [Test]
    public void Pairs_must_not_be_torn_apart_by_random_halves() =>
        Assert.That(new Registered(new MetricsPlugin()).Create<Evaluator>("translation-error").IsResampled, Is.False);

    [Test]
    public void What_cannot_be_measured_is_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => MeasuredBy.Values("translation-error", new GivenContext(Image, new Batch(Targets), new Batch(Translations))),
            Throws.TypeOf<ComponentException>().With.Message.Contains("translations of; evaluate a run"));
        Assert.That(() => MeasuredBy.Values("translation-error", Context(Translations), new TranslationErrorOptions { Pairs = 5 }),
            Throws.TypeOf<ComponentException>().With.Message.Contains("set 'pairs' to 0"));
        Assert.That(() => MeasuredBy.Values("translation-error", Context(Translations * float.NaN)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("translations hold NaN"));
    });

    private static GivenContext Context(Tensor translations, Func<Tensor, FeatureOutput>? extract = null, Batch? training = null) =>
        new(Image, new Batch(Targets, Sources), new Batch(translations, Sources), training) { Condition = new SampleCondition(Image), Extract = extract ?? (samples => new(samples, samples)) };

    private static Tensor Images(params float[] values) => tensor(values).reshape(-1, 1, 1, 2);
}
