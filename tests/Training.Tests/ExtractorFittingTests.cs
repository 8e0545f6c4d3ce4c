using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class ExtractorFittingTests
{
    [Test]
    public void An_extractor_is_fitted_once_for_each_data_and_says_how_well_it_classifies()
    {
        using var folder = new TemporaryFolder();
        using var data = Labelled(400);
        using var others = Labelled(200);
        var said = new List<string>();

        string Prepared(Dataset training)
        {
            using var extractor = new Sides();
            new ExtractorFitting(folder.Path, () => training, () => others, CPU, null, said.Add).Prepare("sides", extractor, default);
            return extractor.Fingerprint;
        }

        var first = Prepared(data);
        Assert.That(said, Is.EqualTo(new[] { "fitted sides on 400 samples of the training data, accuracy 100.0 % on 200 evaluation samples; kept for runs on this data" }));
        Assert.That(Prepared(data), Is.EqualTo(first));
        Assert.That(said, Has.Count.EqualTo(1), "the second time it was kept");
        Assert.That(Prepared(others), Is.Not.EqualTo(first));
        Assert.That(said, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_damaged_file_of_weights_is_fitted_anew()
    {
        using var folder = new TemporaryFolder();
        using var data = Labelled(100);
        var said = new List<string>();
        var fitting = new ExtractorFitting(folder.Path, () => data, () => data, CPU, null, said.Add);
        using (var extractor = new Sides())
            fitting.Prepare("sides", extractor, default);
        var file = Directory.GetFiles(folder.Path).Single();
        File.WriteAllText(file, "torn");

        using var again = new Sides();
        fitting.Prepare("sides", again, default);

        Assert.That(said, Has.Count.EqualTo(2));
        Assert.That(new FileInfo(file).Length, Is.GreaterThan(50));
    }

    [Test]
    public void A_fitting_that_is_interrupted_keeps_nothing()
    {
        using var folder = new TemporaryFolder();
        using var data = Labelled(100);
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();
        using var extractor = new Sides();

        Assert.That(() => new ExtractorFitting(folder.Path, () => data, () => data, CPU, null, _ => { }).Prepare("sides", extractor, interrupted.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    private static PointsInMemory Labelled(int count) => new(new PointsOptions { Count = count, Labels = true });

    private sealed class Sides : FeatureExtractor
    {
        private readonly nn.Module<Tensor, Tensor> network;

        public Sides()
        {
            manual_seed(1);
            network = nn.Linear(2, 2);
        }

        public override SampleSpec Input => new VectorSpec(2);

        public override int Dimension => 2;

        public override nn.Module? State => network;

        public override bool NeedsFitting => true;

        public override string Fingerprint => string.Join(' ', network.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray()));

        public override Fitting? Fitting => new(network, batch => nn.functional.cross_entropy(network.call(batch.Samples), batch.Condition!), new FitSettings(3, 20, 0.1));

        public override FeatureOutput Extract(Tensor samples)
        {
            var logits = network.call(samples);
            return new FeatureOutput(logits, logits);
        }
    }
}
