using System.Diagnostics;
using PluginGan.Core;
using PluginGan.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Bench;

/// <summary>
/// What the host adds to an iteration: the trainer against a loop written by hand, on networks of one parameter each, where the
/// mathematics is nearly nothing. Alternating trials in one process.
/// </summary>
internal static class LoopOverhead
{
    public static void Run(int trials, int iterations)
    {
        var (ours, plain) = (new List<double>(), new List<double>());
        // The first pair warms up.
        for (var trial = 0; trial <= trials; trial++)
        {
            var (a, b) = (Trainer(iterations), Plain(iterations));
            if (trial == 0)
                continue;
            ours.Add(a);
            plain.Add(b);
        }
        var added = ours.Zip(plain, (a, b) => a - b).ToList();
        Console.WriteLine($"iteration of a one-parameter GAN, µs: trainer {Statistics.Describe(ours)}, by hand {Statistics.Describe(plain)}, "
            + $"added {Statistics.Describe(added)}; {trials} pairs of {iterations} iterations");
    }

    private static double Trainer(int iterations)
    {
        using var dataset = new Ones();
        using var model = new OneParameter();
        using var objective = new AdversarialObjective(new Linear(), [], model, 1);
        using var source = BatchSource.Open(dataset, 1, CPU);
        using var trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Data = source,
            Training = TrainingSettings.OfOneNetwork(iterations, 1),
            Seed = 1,
        });
        var watch = Stopwatch.StartNew();
        trainer.Run(new Nobody(), CancellationToken.None);
        return watch.Elapsed.TotalMicroseconds / iterations;
    }

    private static double Plain(int iterations)
    {
        using var outer = NewDisposeScope();
        using var model = new OneParameter();
        var (generator, discriminator) = (model.Networks[Roles.Generator], model.Networks[Roles.Discriminator]);
        using var generatorOptimizer = optim.Adam(generator.parameters(), 1e-3);
        using var discriminatorOptimizer = optim.Adam(discriminator.parameters(), 1e-3);
        var real = ones(1, 1);
        var watch = Stopwatch.StartNew();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            using var scope = NewDisposeScope();
            var fake = model.Generate(randn(1, 1), null);
            discriminatorOptimizer.zero_grad();
            (model.Discriminate(fake.detach(), null).Logits.mean() - model.Discriminate(real, null).Logits.mean()).backward();
            discriminatorOptimizer.step();
            generatorOptimizer.zero_grad();
            (-model.Discriminate(fake, null).Logits.mean()).backward();
            generatorOptimizer.step();
        }
        return watch.Elapsed.TotalMicroseconds / iterations;
    }

    private sealed class Ones : Dataset, IInMemory
    {
        public override DataSpec Spec => new(new VectorSpec(1), ConditionSpec.None);

        public override long Count => 1000;

        public Tensor Samples { get; } = ones(1000, 1);

        public Tensor? Conditions => null;

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed) => new(ones(indices.Length, 1));
    }

    private sealed class OneParameter : GanModel
    {
        private readonly TorchSharp.Modules.Linear generator = nn.Linear(1, 1, hasBias: false);
        private readonly TorchSharp.Modules.Linear discriminator = nn.Linear(1, 1, hasBias: false);

        public OneParameter() => Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };

        public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

        public override LatentSpec Latent => LatentSpec.Normal(1);

        public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(latent);

        public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(discriminator.call(samples));
    }

    private sealed class Linear : AdversarialLoss
    {
        public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) => fake.Logits.mean() - real.Logits.mean();

        public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => -fake.Logits.mean();
    }

    private sealed class Nobody : ITrainingObserver;
}
