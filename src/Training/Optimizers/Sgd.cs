using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Stochastic gradient descent with momentum, Nesterov's if asked for (Sutskever et al., ICML 2013), equal to <c>torch.optim.SGD</c>.</summary>
public sealed class Sgd : Optimizer
{
    private static readonly Scalar One = 1.0;

    private readonly SgdOptions options;
    private readonly bool hasMomentum;

    /// <exception cref="ComponentException">Nesterov's momentum is asked for without a momentum.</exception>
    public Sgd(SgdOptions options)
    {
        this.options = options;
        hasMomentum = options.Momentum is not { IsConstant: true, Segments: [{ From: 0 }] };
        if (options.Nesterov && !hasMomentum)
            throw new ComponentException("'nesterov' needs a 'momentum' above 0, such as 0.9");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Moments => hasMomentum ? ["momentum"] : [];

    /// <inheritdoc/>
    public override void Step(OptimizerStep step)
    {
        using Scalar rate = -step.Rate;
        WeightDecay.Apply(step, options.WeightDecay);
        if (!hasMomentum)
        {
            step.Weights.add_(step.Gradient, rate);
            return;
        }
        using Scalar again = options.Momentum.At(step.Time);
        var momentum = step.Moment("momentum");
        momentum.mul_(again).add_(step.Gradient, One);
        step.Weights.add_(options.Nesterov ? step.Gradient.add_(momentum, again) : momentum, rate);
    }
}
