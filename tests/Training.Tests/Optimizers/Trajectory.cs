using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Four weights in float64 and the gradients that reference.py gives them.</summary>
internal static class Trajectory
{
    public const int Steps = 100;

    private static readonly double[] Start = [1, -2, 0.5, 3];
    private static readonly double[] Slopes = [1, 0.1, 2, 0.5];

    public static Tensor Weights() => tensor(Start);

    // In managed numbers: operators of TorchSharp make Scalars that a garbage collection may free too early.
    public static Tensor Gradient(Tensor weights, int step) =>
        tensor([.. weights.detach().data<double>().ToArray().Select((weight, index) => Slopes[index] * weight + Math.Cos(index + step))]);

    /// <summary>Where a rule of ours arrives.</summary>
    public static double[] Of(Optimizer rule, Schedule rate, int steps = Steps)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var step = new Buffers(Weights(), rule.Moments);
        for (var number = 0; number < steps; number++)
        {
            step.Advance(Gradient(step.Weights, number), new TrainingTime(number, number * 0.064, number / (double)steps), rate);
            rule.Step(step);
        }
        return [.. step.Weights.data<double>()];
    }

    /// <summary>Where a rule of ours arrives that is given the same gradient again and again: nothing but the rule computes.</summary>
    public static double[] AlongOneGradient(Optimizer rule, Schedule rate, int steps)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var step = new Buffers(Weights(), rule.Moments);
        var gradient = tensor([1.0, 0.1, -2.0, 0.5]);
        for (var number = 0; number < steps; number++)
        {
            step.Advance(gradient, new TrainingTime(number, number * 0.064, number / (double)steps), rate);
            rule.Step(step);
        }
        return [.. step.Weights.data<double>()];
    }

    /// <summary>Where an optimiser of TorchSharp arrives.</summary>
    public static double[] Of(Func<Parameter, optim.Optimizer> create)
    {
        using var scope = NewDisposeScope();
        var weights = new Parameter(Weights());
        using var optimizer = create(weights);
        for (var number = 0; number < Steps; number++)
        {
            weights.grad = Gradient(weights, number);
            optimizer.step();
        }
        return [.. weights.data<double>()];
    }

    private sealed class Buffers(Tensor weights, IEnumerable<string> moments) : OptimizerStep
    {
        private readonly Dictionary<string, Tensor> moments = moments.ToDictionary(name => name, _ => zeros_like(weights));
        private Tensor? gradient;
        private long number;
        private double rate;
        private TrainingTime time;

        public override Tensor Weights => weights;

        public override Tensor Gradient => gradient!;

        public override IReadOnlyList<WeightSlice> Slices => [new WeightSlice("weights", 0, [4], [1])];

        public override long Number => number;

        public override double Rate => rate;

        public override TrainingTime Time => time;

        public override Tensor Moment(string name) => moments[name];

        public void Advance(Tensor gradient, TrainingTime time, Schedule rate) =>
            (this.gradient, this.time, this.rate, number) = (gradient, time, rate.At(time), number + 1);
    }
}
