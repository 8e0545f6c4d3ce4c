using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Adam (Kingma, Ba, arXiv:1412.6980) and AdamW (Loshchilov, Hutter, arXiv:1711.05101), equal to <c>torch.optim</c>: with betas that follow a schedule,
/// the bias correction takes the present ones, as it does there when they are changed between steps.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="decoupled">Whether weight decay acts on the weights (AdamW) or on the gradient.</param>
public sealed class Adam(AdamOptions options, bool decoupled = false) : Optimizer
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Moments { get; } = ["mean", "square"];

    /// <inheritdoc/>
    public override void Step(OptimizerStep step)
    {
        var (beta1, beta2) = (options.Beta1.At(step.Time), options.Beta2.At(step.Time));
        var (mean, square) = (step.Moment("mean"), step.Moment("square"));
        using Scalar keep1 = beta1, keep2 = beta2, add1 = 1 - beta1, add2 = 1 - beta2, epsilon = options.Epsilon;
        using Scalar rate = -step.Rate / (1 - Math.Pow(beta1, step.Number));
        using Scalar correction = 1 / Math.Sqrt(1 - Math.Pow(beta2, step.Number));
        WeightDecay.Apply(step, options.WeightDecay, decoupled);
        mean.mul_(keep1).add_(step.Gradient, add1);
        square.mul_(keep2).addcmul_(step.Gradient, step.Gradient, add2);
        step.Weights.addcdiv_(mean, square.sqrt().mul_(correction).add_(epsilon), rate);
    }
}
