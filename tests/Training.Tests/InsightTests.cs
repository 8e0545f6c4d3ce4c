using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>The scalars that tell how a game stands, against their definitions.</summary>
public class InsightTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void Separation_diversity_and_spread_are_what_they_are_said_to_be(bool features)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new Judging(features);
        var scalars = Scalars(model, batch: 32);

        // The discriminator sees real samples first; its verdict is their first value, its features are thrice the second.
        var (real, fake) = (model.Seen[0], model.Seen[1]);
        var pairs = real.Rows.SelectMany(_ => fake.Rows, (one, other) => one.First > other.First).ToList();
        double Variance(Func<(float First, float Second), float> value, (float First, float Second)[] rows) =>
            rows.Average(row => (double)value(row) * value(row)) - Math.Pow(rows.Average(row => (double)value(row)), 2);
        var (first, second) = (Variance(row => row.First, fake.Rows), Variance(row => row.Second, fake.Rows));
        var (firstReal, secondReal) = (Variance(row => row.First, real.Rows), Variance(row => row.Second, real.Rows));
        var spread = (first + second) / (firstReal + secondReal);

        Assert.That(scalars["d/separation"], Is.EqualTo(pairs.Count(preferred => preferred) / (double)pairs.Count).Within(1e-6));
        Assert.That(scalars["d/diversity"], Is.EqualTo(features ? second / secondReal : spread).Within(1e-4));
        Assert.That(scalars.TryGetValue("d/spread", out var told) ? told : double.NaN, Is.EqualTo(features ? spread : double.NaN).Within(1e-4));
        Assert.That(scalars["d/separation"], Is.Not.EqualTo(real.Rows.Zip(fake.Rows, (one, other) => one.First > other.First ? 1 : 0).Average()).Within(1e-6), "an example that tells pairs from rows");
    }

    [TestCase(1, false)]
    [TestCase(2, true)]
    public void A_single_sample_has_no_variance_to_report(int batch, bool reported)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new Judging(features: true);

        Assert.That(Scalars(model, batch).Keys.Intersect(["d/diversity", "d/spread"]).Count(), Is.EqualTo(reported ? 2 : 0));
    }

    private static IReadOnlyDictionary<string, double> Scalars(Judging model, int batch)
    {
        using var dataset = new PointsInMemory(new PointsOptions());
        using var source = BatchSource.Open(dataset, 1, CPU);
        var loss = new Logistic();
        using var objective = AdversarialObjective.Of(model, loss, []);
        using var trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Loss = loss,
            Data = source,
            Training = PointTraining.Settings($"\"iterations\": 1, \"batch\": {batch}, \"logEvery\": 1"),
            Seed = 1,
        });
        var logged = new Logged();
        trainer.Run(logged, CancellationToken.None);
        return logged.Scalars!;
    }

    private sealed class Logged : ITrainingObserver
    {
        public IReadOnlyDictionary<string, double>? Scalars { get; private set; }

        public Checkpoint? Log(IReadOnlyDictionary<string, double> scalars)
        {
            Scalars = scalars;
            return null;
        }
    }

    private sealed record Samples((float First, float Second)[] Rows);

    /// <summary>A model that remembers what its discriminator was shown. Generated points overlap with real ones.</summary>
    private sealed class Judging(bool features) : GanModel
    {
        private readonly TorchSharp.Modules.Linear generator = nn.Linear(2, 2);
        private readonly TorchSharp.Modules.Linear discriminator = nn.Linear(2, 1);

        public List<Samples> Seen { get; } = [];

        public override IReadOnlyDictionary<string, nn.Module> Networks =>
            new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };

        public override LatentSpec Latent { get; } = LatentSpec.Normal(2);

        public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(latent);

        public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
        {
            Seen.Add(new([.. samples.detach().contiguous().data<float>().ToArray().Chunk(2).Select(row => (row[0], row[1]))]));
            var logits = discriminator.call(samples).squeeze(1) * 0 + samples.select(1, 0);
            return features ? new(logits, new Dictionary<string, Tensor> { ["features"] = samples.narrow(1, 1, 1) * 3 }) : new(logits);
        }
    }
}
