using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Derivatives by an input. An error inside autograd.grad takes the process down, so everything that could cause one is checked first; allow_unused
/// turns the last, an input that the output does not depend on, into an invalid result.
/// </summary>
internal static class InputGradient
{
    /// <summary>The derivative of the sum of an output by an input.</summary>
    /// <param name="output">Computed from the input.</param>
    /// <param name="input">Requires a gradient.</param>
    /// <param name="createGraph">Whether the derivative itself will be differentiated.</param>
    /// <param name="where">What asks, for messages.</param>
    /// <exception cref="ComponentException">The output cannot be differentiated by the input.</exception>
    public static Tensor Of(Tensor output, Tensor input, bool createGraph, string where)
    {
        if (!output.requires_grad)
            throw new ComponentException($"{where}: the output to differentiate carries no gradient; compute it from the input, outside no_grad");
        if (!input.requires_grad)
            throw new ComponentException($"{where}: the input to differentiate by carries no gradient; a regulariser sets DifferentiatesInput, other code calls requires_grad_()");
        var gradient = autograd.grad([output.sum()], [input], create_graph: createGraph, retain_graph: true, allow_unused: true)[0];
        return gradient is null || gradient.IsInvalid
            ? throw new ComponentException($"{where}: the output does not depend on the input that it is differentiated by")
            : gradient;
    }
}
