using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>What components learn from the training data before the first iteration.</summary>
public class LearningTests
{
    [Test]
    public void A_component_learns_once_before_the_first_iteration_of_a_new_run()
    {
        using var training = new PointTraining(_ => new Centred(), "\"iterations\": 3").Run();
        using var scope = NewDisposeScope();
        using var all = training.Dataset.Read([.. Enumerable.Range(0, (int)training.Dataset.Count).Select(index => (long)index)], 0);
        var objective = (Centred)training.Objective;

        Assert.That(objective.Learnt, Is.EqualTo(1));
        Assert.That((objective.Centre - all.Samples.mean([0])).abs().max().item<float>(), Is.LessThan(1e-6));
        Assert.That(objective.Seen, Has.Count.EqualTo(3).And.All.Not.EqualTo(0), "every iteration finds what was learnt");
    }

    [Test]
    public void A_resumed_run_has_what_was_learnt_from_its_checkpoint()
    {
        using var first = new PointTraining(_ => new Centred()).Run(4);
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        store.Write(first.Trainer.Capture());
        using var second = new PointTraining(_ => new Centred());
        using var checkpoint = store.ReadLatest(Assert.Fail)!;
        second.Trainer.Restore(checkpoint.State);
        second.Run();

        using var scope = NewDisposeScope();
        var (before, after) = ((Centred)first.Objective, (Centred)second.Objective);
        Assert.That(after.Learnt, Is.Zero);
        Assert.That((after.Centre - before.Centre).abs().max().item<float>(), Is.Zero);
        Assert.That((after.Centre.abs().sum() > 0).item<bool>());
    }

    [Test]
    public void What_is_drawn_while_learning_follows_from_the_seed_alone()
    {
        var noise = new ulong[] { 1, 1, 2 }.Select(seed =>
        {
            rand(17).Dispose();
            using var training = new PointTraining(_ => new Centred(), "\"iterations\": 1", seed: seed).Run();
            return ((Centred)training.Objective).Noise;
        }).ToArray();

        Assert.That(noise[1], Is.EqualTo(noise[0]));
        Assert.That(noise[2], Is.Not.EqualTo(noise[0]));
    }

    private sealed class Centred : Objective
    {
        private readonly Buffers buffers = new();

        public int Learnt { get; private set; }

        public float Noise { get; private set; }

        public List<float> Seen { get; } = [];

        public Tensor Centre => buffers.Centre;

        public override nn.Module State => buffers;

        public override IReadOnlyList<Phase> Phases { get; } = [new("g", [Roles.Generator])];

        public override void Learn(Dataset data)
        {
            Learnt++;
            using var all = data.Read([.. Enumerable.Range(0, (int)data.Count).Select(index => (long)index)], 0);
            Centre.copy_(all.Samples.mean([0]));
            Noise = rand(1).item<float>();
        }

        public override Tensor? Loss(Phase phase, StepContext step)
        {
            Seen.Add(Centre.abs().sum().item<float>());
            return (step.Generated - Centre).square().mean();
        }

        private sealed class Buffers : nn.Module
        {
            public Buffers()
                : base(nameof(Buffers)) => register_buffer("centre", zeros(2));

            public Tensor Centre => get_buffer("centre")!;
        }
    }
}
