using System.Diagnostics;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using PluginGan.Core;
using PluginGan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Bench.Measures;

/// <summary>
/// What the host adds to an iteration: the trainer against a loop written by hand, on networks of one parameter each, where the
/// mathematics is nearly nothing. Alternating trials in one process, one thread.
/// </summary>
internal sealed class LoopOverhead : IMeasure
{
    public string Name => "overhead";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        var (trials, iterations) = (settings.Count(2 * settings.Trials, 2), settings.Count(2000, 20));
        var device = torch.device(settings.Device);
        var (ours, plain) = (new List<double>(), new List<double>());
        set_num_threads(1);
        // The first pair warms up.
        for (var trial = 0; trial <= trials; trial++)
        {
            var (a, b) = (Trainer(iterations, device), Plain(iterations, device));
            if (trial == 0)
                continue;
            ours.Add(a);
            plain.Add(b);
        }
        set_num_threads(settings.Threads);
        var step = Statistics.Median(TimedTraining.Iterations(settings.Training(settings.Batches[0]), settings, settings.Count(20, 2)));

        const string Group = "Host overhead, networks of one parameter, 1 thread";
        List<double> added = [.. ours.Zip(plain, (a, b) => a - b)];
        yield return new Measurement(Group, "iteration by hand in TorchSharp", "µs", plain);
        yield return new Measurement(Group, "iteration through the trainer", "µs", ours);
        yield return new Measurement(Group, "added by the trainer", "µs", added) { Demanded = settings.OnCpu ? new Demand(AtMost: 300) : null };
        yield return new Measurement(Group, $"added by the trainer, of a DCGAN step (fp32, batch {settings.Batches[0]})", "%", [.. added.Select(value => value / 10 / step)])
        {
            Demanded = settings.OnCpu ? new Demand(AtMost: 1) : null,
        };
    }

    private static double Trainer(int iterations, Device device)
    {
        using var dataset = new TensorDataset(new DataSpec(new VectorSpec(1), ConditionSpec.None), ones(1000, 1));
        using var model = new OneParameter();
        var loss = new Linear();
        using var objective = AdversarialObjective.Of(model, loss, []);
        using var source = BatchSource.Open(dataset, 1, device);
        using var trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Loss = loss,
            Data = source,
            Training = TrainingSettings.OfOneNetwork(iterations, 1),
            Seed = 1,
            Device = device,
        });
        device.Wait();
        var watch = Stopwatch.StartNew();
        trainer.Run(new Nobody(), CancellationToken.None);
        device.Wait();
        return watch.Elapsed.TotalMicroseconds / iterations;
    }

    private static double Plain(int iterations, Device device)
    {
        using var outer = NewDisposeScope();
        using var model = new OneParameter();
        var (generator, discriminator) = (model.Networks[Roles.Generator].to(device), model.Networks[Roles.Discriminator].to(device));
        using var generatorOptimizer = optim.Adam(generator.parameters(), 2e-4, 0.5, 0.999);
        using var discriminatorOptimizer = optim.Adam(discriminator.parameters(), 2e-4, 0.5, 0.999);
        var real = ones(1, 1, device: device);
        device.Wait();
        var watch = Stopwatch.StartNew();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            using var scope = NewDisposeScope();
            var fake = model.Generate(randn(1, 1, device: device), null);
            discriminatorOptimizer.zero_grad();
            (model.Discriminate(fake.detach(), null).Logits.mean() - model.Discriminate(real, null).Logits.mean()).backward();
            discriminatorOptimizer.step();
            generatorOptimizer.zero_grad();
            (-model.Discriminate(fake, null).Logits.mean()).backward();
            generatorOptimizer.step();
        }
        device.Wait();
        return watch.Elapsed.TotalMicroseconds / iterations;
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
