using NUnit.Framework;
using PluginGan.Plugins.SequenceGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The GAN for sequences: what it draws, and that gradients pass the draw.</summary>
public sealed class SequenceGanTests
{
    private static readonly SequenceSpec Spec = new(6, ["a", "b", "c"]);

    [Test]
    public void Sequences_are_one_hot_outside_training_and_with_the_straight_through_estimator()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        foreach (var (straight, training, hard) in new[] { (true, true, true), (false, true, false), (false, false, true) })
        {
            using var model = Model(new() { StraightThrough = straight });
            model.Networks[Roles.Generator].train(training);
            var sequences = model.Generate(randn(8, 5), null);
            Assert.That(sequences.shape, Is.EqualTo(new long[] { 8, 6, 3 }));
            Assert.That(sequences.sum(2).sub(1).abs().max().item<float>(), Is.LessThan(1e-5));
            Assert.That(sequences.amax([2]).min().item<float>() > 0.9999f, Is.EqualTo(hard), $"straight-through {straight}, training {training}");
        }
    }

    [Test]
    public void Gradients_through_soft_draws_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var model = Model(new() { StraightThrough = false });
        foreach (var network in model.Networks.Values)
            network.to(ScalarType.Float64);
        var real = nn.functional.one_hot(arange(24).reshape(4, 6).remainder(3), 3).to(float64);
        Tensor Loss() => model.Discriminate(model.Generate(randn(4, 5, dtype: float64), null), null).Logits.square().mean() - model.Discriminate(real, null).Logits.sigmoid().mean();

        foreach (var network in model.Networks.Values)
        {
            var found = UpdateChecks.Differences(network, Loss).ToList();
            Assert.That(found.Select(entry => entry.Gradient), Is.EqualTo(found.Select(entry => entry.Difference)).Within(1e-6));
            Assert.That(found.Count(entry => Math.Abs(entry.Gradient) > 1e-6), Is.GreaterThan(found.Count / 3));
        }
    }

    [Test]
    public void The_temperature_falls_by_equal_factors_over_the_run()
    {
        using var model = Model(new() { Temperature = 4, FinalTemperature = 0.25 });
        double At(double progress)
        {
            model.Advance(progress);
            return model.Temperature;
        }
        Assert.That(new[] { At(0), At(0.25), At(0.5), At(1), At(0.5) }, Is.EqualTo(new[] { 4, 2, 1, 0.25, 1 }).Within(1e-9));
    }

    [Test]
    public void Packed_sequences_are_judged_together_and_other_data_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = Model(new(), 2);
        Assert.That(model.Discriminate(rand(4, 12, 3), null).Logits.shape, Is.EqualTo(new long[] { 4 }));
        Assert.That(() => new SequenceGanModel(new(), new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("makes sequences of symbols, but the data is vector 2"));
    }

    private static SequenceGanModel Model(SequenceGanOptions options, int pack = 1)
    {
        (options.Width, options.Latent) = (4, 5);
        return new(options, new ModelSpec(new DataSpec(Spec, ConditionSpec.None), pack));
    }
}
