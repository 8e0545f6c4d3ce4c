using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Phases whose updates are reverted after the iteration.</summary>
public class RevertingPhaseTests
{
    private const string Settings = "\"iterations\": 6";

    private static readonly Phase D = new("d", [Roles.Discriminator]);
    private static readonly Phase Ahead = new("ahead", [Roles.Discriminator]) { Repeat = 2, RevertsAfterIteration = true };
    private static readonly Phase G = new("g", [Roles.Generator]);

    [Test]
    public void Weights_moments_and_buffers_are_afterwards_as_if_no_phase_had_reverted()
    {
        // In both the reverted phase sees the samples that a phase without effect sees, so that the order of the data is the same.
        var options = new TinyOptions { BatchNorm = true };
        Phase ahead = new("ahead", [Roles.Generator]) { RevertsAfterIteration = true }, idle = new("ahead", [Roles.Discriminator]);
        using var looking = new PointTraining(_ => new Scripted([G, ahead], Generating), Settings, options).Run();
        using var plain = new PointTraining(_ => new Scripted([G, idle], (phase, step) => phase == idle ? Drawn(step) : Generating(phase, step)), Settings, options).Run();

        Assert.That(State(looking, "networks/generator/"), Is.EqualTo(State(plain, "networks/generator/")));
        Assert.That(State(looking, "optimizers/generator/"), Is.EqualTo(State(plain, "optimizers/generator/")));
        Assert.That(looking.Trainer.Capture().OptimizerSteps[Roles.Generator], Is.EqualTo(6));

        static Tensor? Generating(Phase phase, StepContext step) => (step.Generated.mean() - step.Real.Samples.mean()).square();

        static Tensor? Drawn(StepContext step)
        {
            _ = step.Real;
            return null;
        }
    }

    [Test]
    public void What_a_regulariser_remembers_of_a_phase_that_reverts_is_forgotten_with_it()
    {
        Phase d = D with { Side = Side.Discriminator }, ahead = Ahead with { Side = Side.Discriminator };
        var counting = new Counting();
        using var training = new PointTraining(
            _ => new Scripted([d, ahead, G with { Side = Side.Generator }], (_, step) => step.Adversarial().Loss), Settings, regularizers: [new("counting", counting, Schedule.Constant(1), 1)]);
        training.Run();

        Assert.That((counting.Calls, counting.State.get_buffer("seen")!.item<float>()), Is.EqualTo((6 * 3, 6f)));
    }

    [Test]
    public void Later_phases_meet_the_network_as_it_would_become_and_the_next_iteration_as_it_was()
    {
        var seen = new List<(string Phase, double Weights)>();
        using var training = new PointTraining(_ => new Scripted([D, Ahead, G], (phase, step) =>
        {
            seen.Add((phase.Name, Sum(step.Model.Networks[Roles.Discriminator])));
            return Playing(phase, step);
        }), Settings);
        var after = new List<double>();
        training.Run(each: _ => after.Add(Sum(training.Model.Networks[Roles.Discriminator])));

        var iterations = seen.Chunk(4).ToList();
        Assert.That(iterations, Has.Count.EqualTo(6));
        for (var iteration = 0; iteration < iterations.Count; iteration++)
        {
            var weights = iterations[iteration].Select(entry => entry.Weights).ToArray();
            Assert.That(weights.Distinct().Count(), Is.EqualTo(4), "each update is seen by what follows it");
            Assert.That(after[iteration], Is.EqualTo(weights[1]), "what remains is what stood before the phase that reverts");
        }
    }

    [Test]
    public void A_phase_that_trains_what_another_reverts_is_refused() => Assert.That(
        () => new PointTraining(_ => new Scripted([Ahead, G, D], Playing)), Throws.TypeOf<ComponentException>().With.Message.Contains("'d'").And.Message.Contains("'ahead'").And.Message.Contains("reverts it after the iteration").And.Message.Contains("before"));

    private static Tensor? Playing(Phase phase, StepContext step) => phase == G
        ? step.Model.Discriminate(step.Generated, null).Logits.mean().neg()
        : step.Model.Discriminate(step.Generated, null).Logits.mean() - step.Model.Discriminate(step.Real.Samples, null).Logits.mean();

    private static double Sum(nn.Module network) => network.parameters().Sum(parameter => parameter.detach().to(ScalarType.Float64).sum().item<double>());

    private static Dictionary<string, float[]> State(PointTraining training, string prefix)
    {
        using var scope = NewDisposeScope();
        return training.Trainer.Capture().Tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key, entry => entry.Value.to(ScalarType.Float32).data<float>().ToArray());
    }

    /// <summary>Counts the updates that it is asked for, in its state and beside it.</summary>
    private sealed class Counting : Regularizer
    {
        private readonly Seen seen = new();

        public int Calls { get; private set; }

        public override Side Side => Side.Discriminator;

        public override nn.Module State => seen;

        public override Tensor? Penalty(JudgedPair pair)
        {
            Calls++;
            using var quiet = no_grad();
            seen.get_buffer("seen")!.add_(1);
            return null;
        }

        private sealed class Seen : nn.Module
        {
            public Seen()
                : base("seen") => register_buffer("seen", zeros(1));
        }
    }
}
