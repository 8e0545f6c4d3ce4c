using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>RMSProp (Tieleman, Hinton, lecture 6.5 of Neural Networks for Machine Learning, 2012), equal to <c>torch.optim.RMSprop</c> without centring.</summary>
public sealed class RmsProp(RmsPropOptions options) : Optimizer
{
    private readonly bool hasMomentum = options.Momentum is not { IsConstant: true, Segments: [{ From: 0 }] };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Moments => hasMomentum ? ["square", "momentum"] : ["square"];

    /// <inheritdoc/>
    public override void Step(OptimizerStep step)
    {
        var alpha = options.Alpha.At(step.Time);
        var square = step.Moment("square");
        using Scalar keep = alpha, add = 1 - alpha, epsilon = options.Epsilon, rate = -step.Rate;
        WeightDecay.Apply(step, options.WeightDecay);
        square.mul_(keep).addcmul_(step.Gradient, step.Gradient, add);
        var root = square.sqrt().add_(epsilon, Unit);
        if (!hasMomentum)
        {
            step.Weights.addcdiv_(step.Gradient, root, rate);
            return;
        }
        using Scalar again = options.Momentum.At(step.Time);
        var momentum = step.Moment("momentum");
        momentum.mul_(again).addcdiv_(step.Gradient, root, Unit);
        step.Weights.add_(momentum, rate);
    }

    private static readonly Scalar Unit = 1.0;
}
