using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Features of data that are kept between runs, and never mixed.</summary>
public class FeatureCacheTests
{
    [Test]
    public void Another_evaluation_of_the_same_data_extracts_nothing_of_it_and_finds_the_same()
    {
        using var folder = new TemporaryFolder();

        var first = Measure(folder, new PointsOptions { Count = 80 });
        var second = Measure(folder, new PointsOptions { Count = 80 });

        // Real and generated samples, then generated ones alone.
        Assert.That((first.Calls, second.Calls), Is.EqualTo((2, 1)));
        Assert.That(second.Value, Is.EqualTo(first.Value));
    }

    [Test]
    public void Training_features_are_kept_too()
    {
        using var folder = new TemporaryFolder();
        using var whole = new Points(new PointsOptions { Count = 1200, Streamed = true });
        using var evaluator = new Measuring("training", context => context.Features(SampleSet.Training, Doubled.Name).Features.sum().item<float>());
        (int Calls, double Value) Measure()
        {
            using var training = new PointTraining();
            using var extractor = new Doubled();
            using var run = new EvaluationRun([evaluator], _ => extractor, training.Dataset, 10, 1, CPU, new EvaluationOptions { Training = new Lazy<Dataset>(() => whole), Cache = new FeatureCache(folder.Path) });
            return (run.Measure(training.Model).Scores[0].Value, extractor.Calls) switch { var (value, calls) => (calls, value) };
        }

        var (first, second) = (Measure(), Measure());

        Assert.That((first.Calls, second.Calls), Is.EqualTo((3, 0)));
        Assert.That(second.Value, Is.EqualTo(first.Value));
    }

    [TestCase("other samples")]
    [TestCase("fewer samples")]
    [TestCase("samples of another shape")]
    [TestCase("other weights")]
    [TestCase("another preparation")]
    [TestCase("another extractor")]
    public void What_differs_is_extracted_anew(string difference)
    {
        using var folder = new TemporaryFolder();
        Measure(folder, new PointsOptions { Count = 80 });

        var other = difference switch
        {
            "other samples" => Measure(folder, new PointsOptions { Count = 80, OneSided = true }),
            "fewer samples" => Measure(folder, new PointsOptions { Count = 79 }),
            "samples of another shape" => Measure(folder, new PointsOptions { Count = 80 }, new Doubled(new VectorSpec(1)), flat: true),
            "other weights" => Measure(folder, new PointsOptions { Count = 80 }, new Doubled(fingerprint: "other")),
            "another preparation" => Measure(folder, new PointsOptions { Count = 80 }, new Doubled(preparation: "bilinear 299×299")),
            _ => Measure(folder, new PointsOptions { Count = 80 }, name: "tripled"),
        };

        Assert.That(other.Calls, Is.EqualTo(2));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_device_of_another_type_finds_nothing_of_this_one()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var extractor = new Doubled();
        using var dataset = new PointsInMemory(new PointsOptions { Count = 80 });
        FeaturePass On(DeviceType type) => new(_ => extractor, dataset.Spec, new Device(type), new FeatureCache(folder.Path));
        using var samples = new HeldSamples(ShuffledOrder.First(dataset, 80, 1), On(DeviceType.CPU), cached: true);

        On(DeviceType.CPU).Of(samples, Doubled.Name, cached: true);
        On(DeviceType.CPU).Of(samples, Doubled.Name, cached: true);
        Assert.That(extractor.Calls, Is.EqualTo(1));

        // The meta device computes shapes alone: it extracts anew, and has no values to hand over.
        Assert.That(() => On(DeviceType.META).Of(samples, Doubled.Name, cached: true), Throws.Exception);
        Assert.That(extractor.Calls, Is.EqualTo(2));
    }

    [TestCase("cut")]
    [TestCase("changed")]
    [TestCase("no safetensors")]
    public void A_damaged_file_is_ignored_and_written_anew(string damage)
    {
        using var folder = new TemporaryFolder();
        var first = Measure(folder, new PointsOptions { Count = 80 });
        var file = Directory.GetFiles(folder.Path).Single();
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, damage switch
        {
            "cut" => whole[..^5],
            "changed" => [.. whole[..^3], (byte)(whole[^3] + 1), .. whole[^2..]],
            _ => [1, 2, 3],
        });

        var second = Measure(folder, new PointsOptions { Count = 80 });

        Assert.That((second.Calls, second.Value), Is.EqualTo((2, first.Value)));
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(whole));
    }

    [Test]
    public void A_folder_that_cannot_be_written_costs_nothing_but_time()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");

        Assert.That(Measure(file, new PointsOptions { Count = 80 }).Calls, Is.EqualTo(2));
    }

    private static (int Calls, double Value) Measure(TemporaryFolder folder, PointsOptions points, Doubled? extractor = null, string name = Doubled.Name, bool flat = false) =>
        Measure(folder.Path, points, extractor, name, flat);

    private static (int Calls, double Value) Measure(string folder, PointsOptions points, Doubled? extractor = null, string name = Doubled.Name, bool flat = false)
    {
        using var dataset = new PointsInMemory(points);
        using var used = extractor ?? new Doubled();
        using var evaluator = new Measuring("gap", context => (context.Features(SampleSet.Real, name).Features.sum() - context.Features(SampleSet.Generated, name).Features.sum()).item<float>());
        using Dataset real = flat ? new Flattened(dataset) : dataset;
        using var generated = flat ? new Flattened(new PointsInMemory(new PointsOptions())) : (Dataset)new PointsInMemory(new PointsOptions());
        using var run = new EvaluationRun([evaluator], _ => used, real, points.Count, 1, CPU, new EvaluationOptions { Cache = new FeatureCache(folder) });
        var result = run.Measure(generated);
        return (used.Calls, result.Scores.Count > 0 ? result.Scores[0].Value : double.NaN);
    }

    /// <summary>The same numbers as samples of another shape.</summary>
    private sealed class Flattened(Points points) : Dataset
    {
        public override DataSpec Spec => new(new VectorSpec(1), ConditionSpec.None);

        public override long Count => 2 * points.Count;

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
        {
            using var rows = tensor(indices.ToArray());
            return new Batch(points.Samples.reshape(-1, 1).index_select(0, rows));
        }
    }
}
