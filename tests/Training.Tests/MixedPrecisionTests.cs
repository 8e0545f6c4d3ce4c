using NUnit.Framework;
using PluginGan.Plugins.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class MixedPrecisionTests
{
    [TestCase(0)]
    [TestCase(10)]
    public void Losses_in_bf16_stay_near_those_in_fp32(double penalty)
    {
        using var scope = NewDisposeScope();
        var (exact, rough) = (Train("fp32", penalty).Losses, Train("bf16", penalty).Losses);

        Assert.That(rough, Is.Not.EqualTo(exact), "it does compute otherwise");
        foreach (var (expected, actual) in exact.Zip(rough).Take(10))
            Assert.That(actual, Is.EqualTo(expected).Within(0.03 * Math.Max(1, Math.Abs(expected))));
    }

    [Test]
    public void In_bf16_convolutions_compute_in_bfloat16_while_weights_averages_and_what_losses_see_stay_float32()
    {
        using var scope = NewDisposeScope();
        var seen = Train("bf16", penalty: 10);

        Assert.That(seen.Inside, Is.EqualTo(ScalarType.BFloat16));
        Assert.That(seen.Types, Is.All.EqualTo(ScalarType.Float32));
        Assert.That(seen.States.Where(entry => entry.Value.is_floating_point()).Select(entry => entry.Value.dtype).Distinct(),
            Is.SubsetOf(new[] { ScalarType.Float32, ScalarType.Float64 }));
    }

    [Test]
    public void After_a_run_in_bf16_torch_computes_in_float32_again()
    {
        using var scope = NewDisposeScope();
        Train("bf16", penalty: 0);

        Assert.That(nn.functional.conv2d(ones(1, 1, 4, 4), ones(1, 1, 3, 3)).dtype, Is.EqualTo(ScalarType.Float32));
    }

    private static Seen Train(string precision, double penalty)
    {
        var seen = new Seen();
        var model = new ConvGame(seed: 3, batchNorm: penalty == 0) { Generating = _ => seen.Inside = nn.functional.conv2d(ones(1, 1, 4, 4), ones(1, 1, 3, 3)).dtype };
        seen.States = ImageTraining.Run(
            model, LossModule.toComponent(LossModule.nonSaturating(0)), penalty, $"\"precision\": \"{precision}\", \"ema\": {{ \"halfLifeKimg\": 1 }}", objective => new Watched(objective, seen));
        return seen;
    }

    private sealed class Seen
    {
        public List<float> Losses { get; } = [];

        public List<ScalarType> Types { get; } = [];

        public ScalarType Inside { get; set; }

        public IReadOnlyDictionary<string, Tensor> States { get; set; } = new Dictionary<string, Tensor>();
    }

    private sealed class Watched(Objective objective, Seen seen) : Objective
    {
        public override IReadOnlyList<Phase> Phases => objective.Phases;

        public override Tensor? Loss(Phase phase, StepContext step)
        {
            var loss = objective.Loss(phase, step)!;
            seen.Losses.Add(loss.item<float>());
            var verdict = step.Discriminate(step.Generated).Logits;
            seen.Types.AddRange([loss.dtype, step.Generated.dtype, verdict.dtype]);
            return loss;
        }
    }
}
