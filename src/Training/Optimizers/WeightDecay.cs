using TorchSharp;

namespace PluginGan.Training;

/// <summary>Weight decay as an L2 penalty, the same for every rule.</summary>
internal static class WeightDecay
{
    /// <summary>Adds the weights, so strongly, to the gradient.</summary>
    public static void Apply(OptimizerStep step, double decay)
    {
        if (decay == 0)
            return;
        using Scalar factor = decay;
        step.Gradient.add_(step.Weights, factor);
    }
}
