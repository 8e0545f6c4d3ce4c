using NUnit.Framework;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>The numbers by which a training is watched: norms, averages that break, scalars that nobody reads.</summary>
public class WatchedNumbersTests
{
    [Test]
    public void The_norm_of_a_network_is_that_of_all_its_parameters_whatever_their_types()
    {
        using var training = new PointTraining(_ => new Mixed(), "\"iterations\": 1, \"logEvery\": 1, \"optimizers\": { \"default\": { \"name\": \"sgd\", \"rate\": 0 } }");
        var logged = new Logged();
        training.Trainer.Run(logged, CancellationToken.None);

        Assert.That(logged.Scalars!["gradient/mixed"], Is.EqualTo(5).Within(1e-6));
        Assert.That(logged.Scalars["weights/mixed"], Is.EqualTo(13).Within(1e-6));
    }

    [Test]
    public void An_average_that_is_no_longer_finite_is_named_too()
    {
        using var scope = NewDisposeScope();
        using var training = new PointTraining(
            _ => new Scripted([new("g", [Roles.Generator])], (_, _) => null), "\"iterations\": 3, \"ema\": { \"halfLifeKimg\": 1 }");
        var weight = training.Model.Networks[Roles.Generator].parameters().First();
        var whole = weight.detach().clone();
        // For one iteration: the average remembers it.
        training.Run(each: trainer =>
        {
            using var quiet = no_grad();
            _ = trainer.Iteration == 1 ? weight.fill_(float.NaN) : weight.copy_(whole);
        });

        Assert.That(training.Trainer.FirstBrokenWeight(), Does.StartWith("ema/generator."));
    }

    [Test]
    public void Scalars_that_are_never_read_do_not_pile_up_on_the_device()
    {
        using var training = new PointTraining(training: "\"iterations\": 400, \"logEvery\": 0");
        long first = 0, most = 0;
        training.Run(each: trainer =>
        {
            var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            (first, most) = trainer.Iteration == 10 ? (live, live) : (first, Math.Max(most, live));
        });

        Assert.That(most - first, Is.LessThan(1200), "ten scalars an iteration");
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

    /// <summary>A network with a weight of 5 in single and one of 12 in double precision, whose gradients are 3 and 4.</summary>
    private sealed class Mixed : Objective
    {
        private readonly Weights weights = new();

        public override IReadOnlyList<Phase> Phases { get; } = [new("m", ["mixed"])];

        public override IReadOnlyDictionary<string, nn.Module> Networks => new Dictionary<string, nn.Module> { ["mixed"] = weights };

        public override Tensor? Loss(Phase phase, StepContext step) => (weights.One * 3).sum() + (weights.Two * 4).sum().to(ScalarType.Float32);

        private sealed class Weights : nn.Module
        {
            private readonly Parameter one = new(full([1], 5.0, ScalarType.Float32));
            private readonly Parameter two = new(full([1], 12.0, ScalarType.Float64));

            public Weights()
                : base(nameof(Weights)) => RegisterComponents();

            public Parameter One => one;

            public Parameter Two => two;
        }
    }
}
