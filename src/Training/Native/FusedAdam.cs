using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Adam as libtorch's own fused kernels: one pass over weights, gradients and moments instead of seven. TorchSharp has no binding, TorchScript has.</summary>
internal static class FusedAdam
{
    // The tensors are arguments: a list that is built within a script may be optimised away, silently.
    private static readonly Lazy<jit.CompilationUnit> Kernels = new(() => jit.compile("""
        def coupled(w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], n: List[Tensor], rate: float, beta1: float, beta2: float, epsilon: float, decay: float):
            torch._fused_adam_(w, g, m, v, [], n, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)

        def decoupled(w: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], n: List[Tensor], rate: float, beta1: float, beta2: float, epsilon: float, decay: float):
            torch._fused_adamw_(w, g, m, v, [], n, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)

        """));

    /// <summary>Makes a step on buffers of one dtype and device, in place.</summary>
    /// <param name="step">Weights, gradient and rate.</param>
    /// <param name="mean">The mean of gradients, [n].</param>
    /// <param name="square">The mean of squared gradients, [n].</param>
    /// <param name="beta1">The decay of <paramref name="mean"/>.</param>
    /// <param name="beta2">The decay of <paramref name="square"/>.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    /// <param name="decay">Weight decay.</param>
    /// <param name="decoupled">Whether the decay acts on the weights (AdamW).</param>
    public static void Step(OptimizerStep step, Tensor mean, Tensor square, double beta1, double beta2, double epsilon, double decay, bool decoupled)
    {
        // A number would be wrapped by TorchSharp into a Scalar that nobody holds: its finalizer may free it before the call reads it.
        using Scalar number = (float)step.Number, rate = step.Rate, first = beta1, second = beta2, tiny = epsilon, share = decay;
        using var count = full([], number, ScalarType.Float32, step.Weights.device);
        Kernels.Value.invoke<object>(
            decoupled ? nameof(decoupled) : "coupled",
            new[] { step.Weights }, new[] { step.Gradient }, new[] { mean }, new[] { square }, new[] { count }, rate, first, second, tiny, share);
    }
}
