using System.Security.Cryptography;
using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The shipped extractor. How well it classifies is a matter of the data, and tested where that is at hand.</summary>
public sealed class LenetFashionTests
{
    private static readonly string Shipped = Path.Combine(TestContext.CurrentContext.TestDirectory, "lenet-fashion.safetensors");

    private readonly Registered plugin = new(new MetricsPlugin());

    [Test]
    public void It_yields_features_and_logits_of_the_stated_shapes()
    {
        var extractor = Create();
        var seen = extractor.Extract(rand(5, 1, 28, 28) * 2 - 1);
        Assert.That(extractor.Input, Is.EqualTo(new ImageSpec(1, 28, 28)));
        Assert.That(seen.Features.shape, Is.EqualTo(new long[] { 5, extractor.Dimension }));
        Assert.That(seen.Logits!.shape, Is.EqualTo(new long[] { 5, 10 }));
    }

    [Test]
    public void Two_extractors_agree_bit_for_bit_and_no_dropout_is_at_work()
    {
        var samples = rand(5, 1, 28, 28) * 2 - 1;
        Tensor first = Create().Extract(samples).Features, second = Create().Extract(samples).Features;
        Assert.That(first.bytes.SequenceEqual(second.bytes), Is.True);
    }

    [Test]
    public void The_fingerprint_is_the_sha256_of_the_shipped_file() =>
        Assert.That(Create().Fingerprint, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Shipped)))));

    [Test]
    public void Other_weights_are_taken_from_a_file_and_show_in_the_fingerprint()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "other.safetensors");
        var untrained = Create(new LenetFashionOptions { Untrained = true });
        using (var file = File.Create(path))
            Safetensors.Write(file, untrained.State!.state_dict());

        var reloaded = Create(new LenetFashionOptions { Weights = path });
        Assert.That(reloaded.Fingerprint, Is.EqualTo(untrained.Fingerprint).And.Not.EqualTo(Create().Fingerprint));
    }

    [Test]
    public void Weights_that_are_missing_or_broken_are_named()
    {
        var broken = Path.Combine(TestContext.CurrentContext.WorkDirectory, "broken.safetensors");
        File.WriteAllBytes(broken, File.ReadAllBytes(Shipped)[..5000]);
        Assert.Multiple(() =>
        {
            foreach (var path in new[] { "/no/such/file.safetensors", broken })
            {
                Assert.That(() => Create(new LenetFashionOptions { Weights = path }),
                    Throws.TypeOf<ComponentException>().With.Message.Contains(path).And.Message.Contains("plugingan fit lenet-fashion"));
            }
        });
    }

    [Test]
    public void Fitting_lowers_the_loss_of_an_untrained_network()
    {
        random.manual_seed(1);
        var fitting = Create(new LenetFashionOptions { Untrained = true }).Fitting!;
        using var batch = new Batch(rand(32, 1, 28, 28) * 2 - 1, arange(32) % 10);
        using var adam = optim.Adam(fitting.Network.parameters(), fitting.Settings.Rate);
        var losses = Enumerable.Range(0, 30).Select(_ =>
        {
            var loss = fitting.Loss(batch);
            adam.zero_grad();
            loss.backward();
            adam.step();
            return loss.item<float>();
        }).ToArray();
        Assert.That(losses[^1], Is.LessThan(losses[0] / 2));
    }

    [Test]
    public void Fitting_on_data_without_labels_is_refused()
    {
        using var unlabelled = new Batch(zeros(2, 1, 28, 28));
        Assert.That(() => Create().Fitting!.Loss(unlabelled), Throws.TypeOf<ComponentException>().With.Message.Contains("labelled"));
    }

    [Test]
    public void Evaluators_measure_images_through_it()
    {
        var extractor = Create();
        Tensor real = rand(200, 1, 28, 28) * 2 - 1, generated = rand(200, 1, 28, 28) * 0.01f - 1;
        var context = new ExtractedContext(real, generated, extractor.Extract);
        Assert.That(plugin.Create<Evaluator>("fid").Evaluate(context).Single().Value, Is.GreaterThan(1));

        // All but black images fall into one class of ten.
        var coverage = plugin.Create<Evaluator>("class-coverage").Evaluate(context).Single(value => value.Name == "class-coverage[auto]");
        Assert.That(coverage.Value, Is.EqualTo(0.1).Within(1e-12));
    }

    private FeatureExtractor Create(LenetFashionOptions? options = null) => plugin.Create<FeatureExtractor>("lenet-fashion", options);
}
