using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using PluginGan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

public class ExtractorTests
{
    private static readonly DataSpec Small = new(new ImageSpec(3, 12, 16), new ClassCondition(["a", "b"]));

    [Test]
    public void A_classifier_has_the_size_of_the_data_and_learns_its_classes()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var extractor = Create("classifier", new ClassifierOptions { Width = 4, Epochs = 80 }, Small);
        using var data = new Halves(256);
        var before = extractor.Fingerprint;

        Fitter.Fit(extractor.Fitting!, data, 1, CPU, (_, _) => { }, default);

        Assert.That((extractor.Input, extractor.Dimension, extractor.NeedsFitting), Is.EqualTo((Small.Sample, 16, true)));
        using var quiet = no_grad();
        var output = extractor.Extract(data.Samples);
        Assert.That((output.Features.shape, output.Logits!.shape), Is.EqualTo((new long[] { 256, 16 }, new long[] { 256, 2 })));
        Assert.That(Fitter.Accuracy(extractor, data, CPU), Is.GreaterThan(0.95));
        Assert.That(extractor.Fingerprint, Is.Not.EqualTo(before));
    }

    [Test]
    public void A_classifier_is_refused_for_data_without_classes_with_what_would_do()
    {
        Assert.That(
            () => Create("classifier", new ClassifierOptions(), new DataSpec(new ImageSpec(1, 8, 8), ConditionSpec.None)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("no condition").And.Message.Contains("random-projection"));
    }

    [Test]
    public void A_random_projection_keeps_distances_nearly_and_is_the_same_everywhere()
    {
        using var scope = NewDisposeScope();
        using var extractor = Create("random-projection", new RandomProjectionOptions { Dimension = 1024 }, Small);
        using var generator = new Generator(3, CPU);
        var samples = rand([6, 3, 12, 16], generator: generator);
        var features = extractor.Extract(samples).Features;
        var ratio = cdist(features, features).div(cdist(samples.flatten(1), samples.flatten(1)));

        // 3 · 12 · 16 numbers are fewer than that, so nothing is projected.
        Assert.That(extractor.Dimension, Is.EqualTo(576));
        Assert.That(ratio[0, 1].item<float>(), Is.EqualTo(1).Within(1e-5));

        using var projected = Create("random-projection", new RandomProjectionOptions { Dimension = 256 }, Small);
        var kept = projected.Extract(samples).Features;
        Assert.That(kept.shape, Is.EqualTo(new long[] { 6, 256 }));
        for (var first = 0; first < 6; first++)
            for (var second = first + 1; second < 6; second++)
                Assert.That((kept[first] - kept[second]).norm().item<float>() / (samples[first] - samples[second]).norm().item<float>(), Is.EqualTo(1).Within(0.2));
    }

    [Test]
    public void A_random_projection_depends_on_its_seed_alone()
    {
        string Fingerprint(long seed)
        {
            manual_seed(Random.Shared.NextInt64());
            using var extractor = Create("random-projection", new RandomProjectionOptions { Dimension = 8, Seed = seed }, Small);
            return extractor.Fingerprint;
        }

        var first = Fingerprint(0);

        Assert.That(Fingerprint(0), Is.EqualTo(first));
        Assert.That(Fingerprint(1), Is.Not.EqualTo(first));
    }

    [Test]
    public void Samples_of_any_kind_can_be_projected()
    {
        using var scope = NewDisposeScope();
        using var extractor = Create("random-projection", new RandomProjectionOptions { Dimension = 5 }, new DataSpec(new SeriesSpec(24, 6), ConditionSpec.None));

        Assert.That(extractor.Extract(zeros(7, 24, 6)).Features.shape, Is.EqualTo(new long[] { 7, 5 }));
    }

    private static FeatureExtractor Create(string name, object options, DataSpec data) =>
        new Registered(new MetricsPlugin(), new ComponentContext { DataFolder = Path.GetTempPath(), Data = data }).Create<FeatureExtractor>(name, options);

    /// <summary>Images that are bright in the left or in the right half.</summary>
    private sealed class Halves : Dataset, IInMemory
    {
        public Halves(int count)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(2, CPU);
            var labels = arange(count).remainder(2);
            var samples = randn([count, 3, 12, 16], generator: generator).mul(0.3);
            samples.narrow(3, 0, 8).add_(labels.view(-1, 1, 1, 1));
            (Samples, Conditions) = (samples.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        }

        public Tensor Samples { get; }

        public Tensor? Conditions { get; }

        public override DataSpec Spec => Small;

        public override long Count => Samples.shape[0];

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
        {
            using var rows = tensor(indices.ToArray());
            return new Batch(Samples.index_select(0, rows), Conditions!.index_select(0, rows));
        }
    }
}
