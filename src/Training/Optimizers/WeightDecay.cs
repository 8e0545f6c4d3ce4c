using TorchSharp;

namespace PluginGan.Training;

/// <summary>Weight decay, the same for every rule.</summary>
internal static class WeightDecay
{
    /// <param name="step">The step about to be made.</param>
    /// <param name="decay">The strength; 0 is none.</param>
    /// <param name="decoupled">Whether it acts on the weights, scaled by the learning rate (arXiv:1711.05101), or is added to the gradient (an L2 penalty).</param>
    public static void Apply(OptimizerStep step, double decay, bool decoupled)
    {
        if (decay == 0)
            return;
        using Scalar factor = decoupled ? 1 - (step.Rate * decay) : decay;
        if (decoupled)
            step.Weights.mul_(factor);
        else
            step.Gradient.add_(step.Weights, factor);
    }
}
