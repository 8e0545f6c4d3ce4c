using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using TorchSharp;

namespace PluginGan.TestPlugins;

public sealed class LionOptions
{
    [Description("The decay of the momentum in the step."), Range(0.0, 1.0)]
    public Schedule Beta1 { get; set; } = 0.9;

    [Description("The decay of the momentum that is kept."), Range(0.0, 1.0)]
    public double Beta2 { get; set; } = 0.99;
}

/// <summary>Lion (arXiv:2302.06675): an optimiser that the host does not bring.</summary>
public sealed class Lion(LionOptions options) : Optimizer
{
    public override IReadOnlyList<string> Moments { get; } = ["momentum"];

    public override void Step(OptimizerStep step)
    {
        var beta1 = options.Beta1.At(step.Time);
        var momentum = step.Moment("momentum");
        using Scalar keep1 = beta1, add1 = 1 - beta1, keep2 = options.Beta2, add2 = 1 - options.Beta2, rate = -step.Rate;
        step.Weights.add_(momentum.mul(keep1).add_(step.Gradient, add1).sign_(), rate);
        momentum.mul_(keep2).add_(step.Gradient, add2);
    }
}
