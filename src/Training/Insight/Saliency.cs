using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Which values of a sample a discriminator's verdict hangs on (Simonyan et al., arXiv:1312.6034).</summary>
public static class Saliency
{
    /// <summary>The verdict on samples, and its derivative by each of their values.</summary>
    /// <param name="model">The model, in evaluation mode.</param>
    /// <param name="samples">[N, ...] in the range of the spec; N a multiple of <paramref name="pack"/>.</param>
    /// <param name="condition">The conditions of the samples, or null.</param>
    /// <param name="pack">How many samples the discriminator judges together.</param>
    /// <returns>Logits [N / pack] (of a patch discriminator their mean), and |∂D/∂x| of the samples' shape.</returns>
    /// <exception cref="ComponentException">The model has no discriminator, or its verdict cannot be differentiated by the samples.</exception>
    public static (Tensor Verdicts, Tensor Gradients) Of(GanModel model, Tensor samples, Tensor? condition, int pack = 1)
    {
        using var scope = NewDisposeScope();
        using var differentiable = enable_grad();
        var input = samples.detach().clone().requires_grad_();
        var verdicts = Verdicts(model, Packing.Pack(input, pack), condition);
        verdicts = verdicts.reshape(samples.shape[0] / pack, -1).mean([1]);
        var gradients = InputGradient.Of(verdicts, input, createGraph: false, "discriminator");
        return (verdicts.detach().MoveToOuterDisposeScope(), gradients.abs().MoveToOuterDisposeScope());
    }

    // Some discriminators judge what only their objective makes of samples.
    private static Tensor Verdicts(GanModel model, Tensor samples, Tensor? condition)
    {
        try
        {
            return model.Discriminate(samples, condition).Logits;
        }
        catch (ComponentException reason)
        {
            throw new ComponentException($"a saliency map needs a discriminator that judges samples as they are: {reason.Message}", reason);
        }
    }
}
